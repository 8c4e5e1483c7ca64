import { parserFor, type OutputSpec, type SpecFor } from '../convert/parsers/parsers.js';
import type { Size } from '../imaging/picture.js';
import type { Fit } from '../imaging/placement.js';
import type { Task } from '../convert/parsers/parsers.js';

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

/**
 * What a model's output is, for one of the task that is named.
 * @throws Error when the model is for another task
 */
export function outputFor<T extends Task>(task: T, { output }: PreparedModel): SpecFor<T> {
  parserFor(task, output);
  return output as SpecFor<T>;
}

/** The size of the input of a model that has a fixed one. */
export function inputSize({ id, input }: PreparedModel): Size {
  if (input.size) return input.size;
  throw new Error(`Expected model ${id} to have a fixed input size`);
}
