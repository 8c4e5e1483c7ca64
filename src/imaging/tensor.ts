/** A tensor as tasks see it; no word of the runtime that computes it. */
export type Tensor =
  | { readonly type: 'uint8'; readonly data: Uint8Array; readonly dims: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] };

export type Tensors = Readonly<Record<string, Tensor>>;

/** A loaded network. */
export interface Network {
  run(feeds: Tensors): Promise<Tensors>;
}

/** A list of whole numbers, the form in which ONNX takes sizes and counts. */
export function int64s(...values: number[]): Tensor {
  return { type: 'int64', data: BigInt64Array.from(values, BigInt), dims: [values.length] };
}

/** A list of floats. */
export function floats(...values: number[]): Tensor {
  return { type: 'float32', data: Float32Array.from(values), dims: [values.length] };
}

/** RGB pixels as a baked graph takes them: 1 x height x width x 3. */
export function pixelTensor({
  pixels,
  width,
  height,
}: {
  pixels: Uint8Array;
  width: number;
  height: number;
}): Tensor {
  return { type: 'uint8', data: pixels, dims: [1, height, width, 3] };
}

/**
 * Picks one output and its type.
 * @throws Error when the network has no such output: a graph that was not baked for this task
 */
export function take<T extends Tensor['type']>(
  outputs: Tensors,
  name: string,
  type: T,
): Extract<Tensor, { type: T }> {
  const tensor = outputs[name];
  if (tensor?.type === type) return tensor as Extract<Tensor, { type: T }>;
  throw new Error(
    `Expected an output '${name}' of type ${type}, and the network gave ${tensor?.type ?? 'none'}`,
  );
}
