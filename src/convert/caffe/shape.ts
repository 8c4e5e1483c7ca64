/** Sizes of a blob, outermost axis first. */
export type BlobSizes = readonly number[];

/** How many numbers a blob of this shape has. */
export function count(shape: BlobSizes): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A shape as messages write it. */
export function spelled(shape: BlobSizes): string {
  return shape.length === 0 ? 'a single number' : shape.join('x');
}

/** An axis counted from the front; Caffe counts negative ones from the end. Undefined where there is none. */
export function axisOf(axis: number, rank: number): number | undefined {
  const fromFront = axis < 0 ? axis + rank : axis;
  return fromFront >= 0 && fromFront < rank ? fromFront : undefined;
}
