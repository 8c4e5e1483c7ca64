import type { OutputSpec } from '../convert/bake/spec.js';
import type { Size } from '../imaging/picture.js';
import type { Fit } from '../imaging/placement.js';

/** A model whose baked graph lies on disk: all that an inference thread needs to know to serve it. Plain data. */
export interface PreparedModel {
  readonly id: string;
  /** Path of the baked ONNX file. */
  readonly file: string;
  /** Hex SHA-256 of the sources and of how they were baked: the same digest gives the same results. */
  readonly digest: string;
  readonly input: {
    /** Null for a network that takes any size. */
    readonly size: Size | null;
    readonly fit: Fit;
    /** The grey of what letterboxing adds, 0..255. */
    readonly pad: number;
  };
  readonly output: OutputSpec;
  /** How many labels its list has; 0 where it has none. */
  readonly labelCount: number;
  /** About how long one run takes on one thread of a modest core: milliseconds a run, or a megapixel of input. */
  readonly cost: { readonly run: number; readonly megapixel: number };
}

/** The prepared model's output, when it is of the kind that a task reads. */
export function outputOf<P extends OutputSpec['parser']>(
  model: PreparedModel,
  parser: P,
): Extract<OutputSpec, { parser: P }> {
  if (model.output.parser === parser) return model.output as Extract<OutputSpec, { parser: P }>;
  throw new Error(`Expected model ${model.id} to end in ${parser}, and it ends in ${model.output.parser}`);
}

/** The size of the input of a model that has a fixed one. */
export function inputSize({ id, input }: PreparedModel): Size {
  if (input.size) return input.size;
  throw new Error(`Expected model ${id} to have a fixed input size`);
}
