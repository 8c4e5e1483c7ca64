import { GraphEditor } from '../onnx/graph-editor.js';
import {
  ELEMENT,
  type AttributeProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type ValueInfoProto,
} from '../onnx/messages.js';
import { opsetOf, shapeOf } from '../onnx/model.js';
import { readConstant, type Constant } from './constant.js';

/** An attribute as it is found in a file: plain numbers and strings. */
export type Found = number | string | readonly number[] | undefined;

/**
 * A graph while passes rewrite it. Every value has one node that makes it; who reads it is looked up, so that a
 * pass can tell whether it may change a value that others see too.
 */
export class PassGraph {
  readonly opset: number;
  readonly graph: GraphProto;
  /** Names that stay what they are: the graph's outputs. */
  readonly #outputs: ReadonlySet<string>;
  readonly #shapes: ReadonlyMap<string, ValueInfoProto>;
  #makers = new Map<string, NodeProto>();
  #readers = new Map<string, NodeProto[]>();
  #constants = new Map<string, Constant | undefined>();
  #edits = 0;

  constructor(model: ModelProto) {
    this.opset = opsetOf(model);
    this.graph = model.graph;
    const { input, output, value_info: between } = model.graph;
    this.#outputs = new Set(output.map(({ name }) => name));
    this.#shapes = new Map([...input, ...between, ...output].map((info) => [info.name, info]));
    this.#index();
  }

  /** The standard nodes with one of these operators, in the graph's order. */
  nodes(...operators: readonly string[]): NodeProto[] {
    return this.graph.node.filter((node) => isStandard(node) && operators.includes(node.op_type));
  }

  maker(value: string | undefined): NodeProto | undefined {
    return value === undefined ? undefined : this.#makers.get(value);
  }

  readers(value: string | undefined): readonly NodeProto[] {
    return value === undefined ? [] : (this.#readers.get(value) ?? []);
  }

  isOutput(value: string): boolean {
    return this.#outputs.has(value);
  }

  /** The node that makes a value, if it has one of these operators and nobody but `reader` sees what it makes. */
  soleMaker(value: string | undefined, ...operators: readonly string[]): NodeProto | undefined {
    const node = this.maker(value);
    if (!node || value === undefined || !isStandard(node) || !operators.includes(node.op_type))
      return undefined;
    return this.isSeenOnce(value) ? node : undefined;
  }

  /** The only node that reads a value, where that is no output of the graph. */
  soleReader(value: string): NodeProto | undefined {
    return this.isSeenOnce(value) ? this.readers(value)[0] : undefined;
  }

  /** Whether exactly one node reads a value, in one place, and it is no output of the graph. */
  isSeenOnce(value: string): boolean {
    const readers = this.readers(value);
    return !this.isOutput(value) && readers.length === 1;
  }

  /** Sizes that the file tells of an input or value, null where one is open; undefined where it tells nothing. */
  statedShape(value: string): (number | null)[] | undefined {
    const info = this.#shapes.get(value);
    return info?.type.tensor_type.shape ? shapeOf(info) : undefined;
  }

  /** The content of a value that is known now: an initializer, a Constant, or either made floats by a Cast. */
  constant(value: string | undefined): Constant | undefined {
    if (value === undefined || value === '') return undefined;
    if (this.#constants.has(value)) return this.#constants.get(value);
    const found = this.#constantOf(value);
    this.#constants.set(value, found);
    return found;
  }

  /** A constant of a single number. */
  scalar(value: string | undefined): number | undefined {
    const constant = this.constant(value);
    return constant?.values.length === 1 ? constant.values[0] : undefined;
  }

  /**
   * Puts nodes in the place of one. What they make takes the place of what it made.
   * @param build adds them; the last one has to make `node.output[0]`
   */
  replace(node: NodeProto, build: (editor: GraphEditor) => void): void {
    this.#edits += 1;
    const editor = new GraphEditor(`okulo/pass_${this.#edits}_${node.output[0] ?? ''}`);
    build(editor);
    const part: GraphProto = { ...this.graph, node: [], initializer: [] };
    editor.appendTo(part);
    this.graph.node.splice(this.graph.node.indexOf(node), 1, ...part.node);
    this.graph.initializer.push(...part.initializer);
    this.#index();
  }

  /** Adds a constant of floats. @returns its name */
  addFloats({ dims, values }: Constant): string {
    this.#edits += 1;
    const name = `okulo/pass_${this.#edits}`;
    const raw = new Uint8Array(Float32Array.from(values).buffer);
    this.graph.initializer.push({ name, dims: [...dims], data_type: ELEMENT.float, raw_data: raw });
    return name;
  }

  /** Has all who read a value read another one, and removes the node that made it and nothing else. */
  redirect(from: string, to: string): void {
    for (const node of this.readers(from)) node.input = node.input.map((name) => (name === from ? to : name));
    const maker = this.maker(from);
    if (maker?.output.length === 1) this.remove(maker);
    this.refresh();
  }

  remove(node: NodeProto): void {
    this.graph.node.splice(this.graph.node.indexOf(node), 1);
    this.refresh();
  }

  /** Notes that inputs or outputs of nodes were changed in place. */
  refresh(): void {
    this.#index();
  }

  #index(): void {
    this.#makers = new Map();
    this.#readers = new Map();
    this.#constants = new Map();
    for (const node of this.graph.node) {
      for (const name of node.output) this.#makers.set(name, node);
      for (const name of node.input) this.#readers.set(name, [...(this.#readers.get(name) ?? []), node]);
    }
  }

  #constantOf(value: string): Constant | undefined {
    const node = this.maker(value);
    if (!node) {
      const tensor = this.graph.initializer.find(({ name }) => name === value);
      return tensor && readConstant(tensor);
    }
    if (!isStandard(node)) return undefined;
    switch (node.op_type) {
      case 'Constant': {
        const tensor = node.attribute?.find(({ name }) => name === 'value')?.t;
        return tensor && readConstant(tensor);
      }
      case 'Cast':
        return attribute(node, 'to') === 1 ? this.constant(node.input[0]) : undefined;
      case 'Identity':
        return this.constant(node.input[0]);
      default:
        return undefined;
    }
  }
}

function isStandard({ domain }: NodeProto): boolean {
  return !domain || domain === 'ai.onnx';
}

/** What a node says of itself under a name. */
export function attribute({ attribute: list = [] }: NodeProto, name: string): Found {
  const found = list.find((candidate) => candidate.name === name);
  return found && valueOf(found);
}

const TYPES = { float: 1, int: 2, string: 3, floats: 6, ints: 7 };

function valueOf({ type, f, i, s, floats, ints }: AttributeProto): Found {
  switch (type) {
    case TYPES.float:
      return f ?? 0;
    case TYPES.int:
      return Number(i ?? 0);
    case TYPES.string:
      return new TextDecoder().decode(s);
    case TYPES.floats:
      return floats ?? [];
    case TYPES.ints:
      return (ints ?? []).map(Number);
    default:
      return undefined;
  }
}

/** A list of whole numbers that a node says of itself; empty where it says nothing. */
export function numbers(node: NodeProto, name: string): readonly number[] {
  const found = attribute(node, name);
  return Array.isArray(found) ? (found as readonly number[]) : [];
}
