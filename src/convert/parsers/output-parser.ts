import type { z } from 'zod';
import type { Tensor, Tensors } from '../../imaging/tensor.js';
import type { InputSpec } from '../bake/input-spec.js';
import type { GraphEditor } from '../onnx/graph-editor.js';
import type { ModelProto } from '../onnx/messages.js';

/** The graph that a parser ends, and what is known of its model. */
export interface BakeTarget {
  readonly model: ModelProto;
  /** What it adds comes behind the network's own nodes. */
  readonly editor: GraphEditor;
  readonly input: InputSpec;
  /** 0 where there is no list of labels. */
  readonly labelCount: number;
}

/** A value of the network itself, before post-processing. The proving run looks at it, as NaN hides in what is made of it. */
export interface RawOutput {
  /** Its name in the baked graph: one of `RAW`. */
  readonly name: string;
  /** In words, for a message: 'scores'. */
  readonly what: string;
  /** Lowest and highest value that is plausible; anything finite where it is absent. */
  readonly range?: readonly [min: number, max: number];
  /** What to do where the range is left. */
  readonly remedy?: string;
  /** How many classes it tells apart, for networks whose file leaves that open. */
  readonly classCount?: (dims: readonly number[]) => number;
}

/** Lowest and highest plausible probability: they are rounded on their way. */
export const PROBABILITY = [-1e-3, 1 + 1e-3] as const;

/**
 * All that is known of one kind of network output: how a manifest describes it, what a graph is made to answer
 * instead, how that is proved, and how it is read. `PARSERS` has one for each name.
 * @typeParam Spec what a manifest entry says in `output`
 */
export interface OutputParser<Spec extends { readonly parser: string }> {
  /** The task that models with this output are for. */
  readonly task: string;
  /** Whether its networks have an input of one size, or have to take pictures of any size. */
  readonly inputSize: 'FIXED' | 'ANY';
  /** How a proof looks at its networks: at their scores for pictures, or at the pictures that they make. */
  readonly proof: 'SCORES' | 'ENLARGED_PICTURE';
  readonly schema: z.ZodObject & z.ZodType<Spec>;
  /** The network's own output, in words and shapes, for those who write manifests. */
  readonly reads: string;
  /**
   * Replaces the network's outputs by `outputs`, and adds the inputs that `feeds` fills.
   * @throws ConversionError when the network does not have the output that the spec describes
   */
  bake(target: BakeTarget, spec: Spec): void;
  /** The baked graph's outputs. */
  readonly outputs: Readonly<Record<string, Tensor['type']>>;
  /** Fills the inputs of the baked graph other than the picture, with what a request asks for. */
  feeds?(request: never): Tensors;
  /** The same for a run that serves nobody. */
  probeFeeds(labelCount: number): Tensors;
  /** The network's own values; a proof compares the first of two pictures. */
  raw(spec: Spec): readonly [RawOutput, ...RawOutput[]];
  /** Reads the baked graph's outputs. What comes of it is the same for all parsers of a task. */
  decode(outputs: Tensors, spec: Spec): unknown;
}
