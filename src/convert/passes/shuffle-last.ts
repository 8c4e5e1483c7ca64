import type { NodeProto } from '../onnx/messages.js';
import type { PassGraph } from './graph.js';

/** What is done to each value by itself, wherever it stands. */
const ELEMENTWISE = ['Relu', 'LeakyRelu', 'Sigmoid', 'Clip', 'Round', 'Identity'];
/** The same, where the second input is a single number. */
const WITH_NUMBER = ['Mul', 'Div', 'Add', 'Sub'];
/** A number with more axes would add some to the result. */
const PICTURE_AXES = 4;

/**
 * Moves what is done to each value by itself ahead of a DepthToSpace, where the runtime fuses it with the
 * convolution there; and makes bytes of a picture before its pixels are moved, which are a quarter then.
 */
export function shuffleLast(graph: PassGraph): void {
  for (const shuffle of graph.nodes('DepthToSpace'))
    while (moveBehind(graph, shuffle)) {
      // Until the next node is none that may go ahead.
    }
}

/** Swaps a DepthToSpace with the node that reads it. */
function moveBehind(graph: PassGraph, shuffle: NodeProto): boolean {
  const [before = ''] = shuffle.input;
  const [between = ''] = shuffle.output;
  const node = graph.soleReader(between);
  const [after = ''] = node?.output ?? [];
  if (!node || !isElementwise(graph, node) || node.input[0] !== between) return false;
  // The value behind both keeps its name, that of an output for one; the one in between is new.
  if (node.op_type === 'Identity') return moveBehindName(graph, shuffle, node);
  const inner = `${after}/before-shuffle`;
  node.input = [before, ...node.input.slice(1)];
  node.output = [inner];
  shuffle.input = [inner];
  shuffle.output = [after];
  // Names of nodes are told apart as well, and new ones are made from those of values.
  node.name = `${inner}/node`;
  shuffle.name = `${after}/shuffle`;
  putBehind(graph, shuffle, node);
  return true;
}

/** An Identity is there for its name, which means the values as they are before the shuffle then. */
function moveBehindName(graph: PassGraph, shuffle: NodeProto, identity: NodeProto): boolean {
  const [name = ''] = identity.output;
  if (graph.isOutput(name)) return false;
  const shuffled = `${name}/shuffled`;
  for (const reader of graph.readers(name))
    reader.input = reader.input.map((value) => (value === name ? shuffled : value));
  identity.input = [...shuffle.input];
  shuffle.input = [name];
  shuffle.output = [shuffled];
  shuffle.name = `${shuffled}/shuffle`;
  putBehind(graph, shuffle, identity);
  return true;
}

function putBehind(graph: PassGraph, shuffle: NodeProto, node: NodeProto): void {
  const { node: nodes } = graph.graph;
  nodes.splice(nodes.indexOf(shuffle), 1);
  nodes.splice(nodes.indexOf(node) + 1, 0, shuffle);
  graph.refresh();
}

function isElementwise(graph: PassGraph, node: NodeProto): boolean {
  const [, ...more] = node.input;
  if (ELEMENTWISE.includes(node.op_type)) return true;
  // One scale and one zero point for all channels.
  if (node.op_type === 'QuantizeLinear') return more.every((name) => dimsOf(graph, name)?.length === 0);
  const operand = graph.constant(more[0]);
  return (
    WITH_NUMBER.includes(node.op_type) && operand?.values.length === 1 && operand.dims.length <= PICTURE_AXES
  );
}

function dimsOf({ graph }: PassGraph, name: string): readonly unknown[] | undefined {
  return graph.initializer.find((tensor) => tensor.name === name)?.dims;
}
