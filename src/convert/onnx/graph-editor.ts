import {
  ATTRIBUTE,
  ELEMENT,
  type AttributeProto,
  type ElementType,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './messages.js';

/** An attribute's value: whole numbers become `int`; write `{ float: 1 }` for a float that happens to be whole. */
export type AttributeValue = number | string | readonly number[] | { float: number };

/** The sizes of an input or output; a name stands for a size that differs from run to run. */
export type Shape = readonly (number | string)[];

/**
 * Adds nodes to a graph, in the order in which they are written. Values are known by their names; every
 * method that makes a value returns its name, so that calls nest like the expression that they build.
 */
export class GraphEditor {
  readonly #added: NodeProto[] = [];
  readonly #weights: TensorProto[] = [];
  readonly #prefix: string;
  #count = 0;

  /** @param prefix put before every name that is made here, so that none collides with the graph's own */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Adds a node with one output. */
  add(
    op: string,
    inputs: string[],
    attributes: Record<string, AttributeValue> = {},
    output?: string,
  ): string {
    const name = output ?? this.#fresh(op);
    this.#push(op, inputs, [name], attributes);
    return name;
  }

  /** Adds a node with two outputs. */
  addPair(op: string, inputs: string[], attributes: Record<string, AttributeValue> = {}): [string, string] {
    const names: [string, string] = [this.#fresh(op), this.#fresh(op)];
    this.#push(op, inputs, names, attributes);
    return names;
  }

  /** A constant of floats; a plain number is a scalar. */
  floats(values: number | readonly number[], dims?: readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    return this.#constant('float', new Uint8Array(Float32Array.from(list).buffer), dims ?? dimsOf(values));
  }

  /** A constant of whole numbers; a plain number is a scalar. */
  ints(values: number | readonly number[], dims?: readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    return this.#constant(
      'int64',
      new Uint8Array(BigInt64Array.from(list, BigInt).buffer),
      dims ?? dimsOf(values),
    );
  }

  /** A constant of bytes. */
  bytes(values: readonly number[]): string {
    return this.#constant('uint8', Uint8Array.from(values), [values.length]);
  }

  /** A constant of raw values, little-endian, as a model file holds them. */
  weights(type: ElementType, dims: readonly number[], raw: Uint8Array): string {
    return this.#constant(type, raw, dims);
  }

  /** Puts what was added before the graph's own nodes. */
  prependTo(graph: GraphProto): void {
    graph.node.unshift(...this.#added);
    graph.initializer.push(...this.#weights);
  }

  /** Puts what was added behind the graph's own nodes. */
  appendTo(graph: GraphProto): void {
    graph.node.push(...this.#added);
    graph.initializer.push(...this.#weights);
  }

  #push(op: string, input: string[], output: string[], attributes: Record<string, AttributeValue>): void {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
    this.#added.push({ name: `${output[0] ?? this.#prefix}/node`, op_type: op, input, output, attribute });
  }

  #constant(type: ElementType, raw: Uint8Array, dims: readonly number[]): string {
    const name = this.#fresh('constant');
    this.#weights.push({ name, dims: [...dims], data_type: ELEMENT[type], raw_data: raw });
    return name;
  }

  #fresh(op: string): string {
    this.#count += 1;
    return `${this.#prefix}/${op}_${this.#count}`;
  }
}

/** Describes an input or output of a graph. */
export function valueInfo(name: string, type: ElementType, shape: Shape): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: ELEMENT[type], shape: { dim } } } };
}

function dimsOf(values: number | readonly number[]): readonly number[] {
  return typeof values === 'number' ? [] : [values.length];
}

function attributeOf(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'string') return { name, type: ATTRIBUTE.string, s: new TextEncoder().encode(value) };
  if (typeof value === 'number') return { name, type: ATTRIBUTE.int, i: value };
  if ('float' in value) return { name, type: ATTRIBUTE.float, f: value.float };
  return { name, type: ATTRIBUTE.ints, ints: [...value] };
}
