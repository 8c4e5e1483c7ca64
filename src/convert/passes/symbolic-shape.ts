import type { NodeProto } from '../onnx/messages.js';
import { attribute, type PassGraph } from './graph.js';

/** A size that a graph computes: a number, or one of another value's sizes multiplied and divided by numbers. */
export type SymbolicSize =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'axis'; readonly axis: number; readonly times: number; readonly over: number };

const MAX_DEPTH = 16;

/**
 * What a list of sizes means in terms of the shape of `of`, a value with four axes. Exporters compute the shapes of
 * a network of open size from one it has, by chains of Shape, Slice, Gather, Mul, Div and Concat.
 * @returns undefined where it cannot be told
 */
export function symbolicShape(
  graph: PassGraph,
  value: string | undefined,
  of: string,
  depth = 0,
): SymbolicSize[] | undefined {
  if (value === undefined || depth > MAX_DEPTH) return undefined;
  const constant = graph.constant(value);
  if (constant) return Array.from(constant.values, (number) => ({ kind: 'number', value: number }));
  const node = graph.maker(value);
  if (!node) return undefined;
  const read = (index: number) => symbolicShape(graph, node.input[index], of, depth + 1);
  switch (node.op_type) {
    case 'Shape':
      return node.input[0] === of ? axesOf(node) : undefined;
    case 'Identity':
    case 'Cast':
    case 'Squeeze':
    case 'Unsqueeze':
      // A list of one and a number are the same here.
      return read(0);
    case 'Concat': {
      const parts = node.input.map((_, index) => read(index));
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    case 'Gather':
      return picked(read(0), graph.constant(node.input[1])?.values);
    case 'Slice':
      return sliced(graph, node, read(0));
    case 'Mul':
    case 'Div':
      return scaled(node.op_type, read(0), read(1));
    default:
      return undefined;
  }
}

const RANK = 4;

function axesOf(node: NodeProto): SymbolicSize[] {
  const all = Array.from({ length: RANK }, (_, axis) => ({ kind: 'axis', axis, times: 1, over: 1 }) as const);
  return all.slice(Number(attribute(node, 'start') ?? 0), Number(attribute(node, 'end') ?? RANK));
}

function picked(
  sizes: SymbolicSize[] | undefined,
  at: ArrayLike<number> | undefined,
): SymbolicSize[] | undefined {
  if (!sizes || !at) return undefined;
  const found = Array.from(at, (index) => sizes.at(index));
  return found.every((size) => size !== undefined) ? found : undefined;
}

function sliced(
  graph: PassGraph,
  node: NodeProto,
  sizes: SymbolicSize[] | undefined,
): SymbolicSize[] | undefined {
  const [, starts, ends, , steps] = node.input;
  const [start, end] = [graph.scalar(starts), graph.scalar(ends)];
  if (start === undefined || end === undefined || (steps && graph.scalar(steps) !== 1)) return undefined;
  return sizes?.slice(start, end);
}

function scaled(
  operator: 'Mul' | 'Div',
  sizes: SymbolicSize[] | undefined,
  by: SymbolicSize[] | undefined,
): SymbolicSize[] | undefined {
  const [factor, ...more] = by ?? [];
  if (!sizes || factor?.kind !== 'number' || more.length > 0) return undefined;
  const result = sizes.map((size): SymbolicSize | undefined => {
    if (size.kind === 'axis')
      return operator === 'Mul'
        ? { ...size, times: size.times * factor.value }
        : { ...size, over: size.over * factor.value };
    const value = operator === 'Mul' ? size.value * factor.value : size.value / factor.value;
    return Number.isInteger(value) ? { kind: 'number', value } : undefined;
  });
  return result.every((size) => size !== undefined) ? result : undefined;
}
