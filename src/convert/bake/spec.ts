/**
 * What has to be known of a network, beside its file, to bake pre- and post-processing into its graph.
 * A model manifest entry says it; see docs/models.md for the words.
 */

/** How the network wants its pixels. */
export interface InputSpec {
  /** Pixels; both absent where the network takes any size. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly layout: 'NCHW' | 'NHWC';
  readonly channels: 'RGB' | 'BGR';
  /** Subtracted from each channel (of 0..255), in the network's own channel order. */
  readonly mean: readonly number[];
  /** Multiplied in after the mean is subtracted, in the network's own channel order. */
  readonly scale: readonly number[];
  /** A second input that wants the same picture enlarged by bicubic interpolation. */
  readonly enlarged?: { readonly name: string; readonly times: number } | undefined;
}

/** One vector of scores, one for each label. */
export interface SoftmaxTopK {
  readonly parser: 'softmax-top-k';
  /** True when the network ends in plain logits. */
  readonly logits: boolean;
}

/** A map of scores for each class: 1 x classes x height x width. */
export interface SegmentationArgmax {
  readonly parser: 'segmentation-argmax';
  /** For each channel of the output, the road class that it stands for. */
  readonly classes: readonly number[];
}

/** Boxes (1 x N x 4, corners in input pixels) and scores (1 x N x classes), already decoded. */
export interface Ssd {
  readonly parser: 'ssd';
  readonly boxes: string;
  readonly scores: string;
  /** Boxes of one class that overlap more than this are one object. */
  readonly iouThreshold: number;
}

/** YOLOX's raw output: 1 x cells x (4 box numbers, objectness, scores), box numbers relative to their cell. */
export interface Yolox {
  readonly parser: 'yolox';
  readonly strides: readonly number[];
  readonly iouThreshold: number;
}

/** A larger picture, 0..1, in the input's order of channels. */
export interface SuperResolution {
  readonly parser: 'super-resolution';
  /** How many times wider and higher the output is. */
  readonly scale: number;
  /** Input pixels beyond a pixel's own position that can change its output: what tiles must overlap by. */
  readonly reach: number;
}

export type OutputSpec = SoftmaxTopK | SegmentationArgmax | Ssd | Yolox | SuperResolution;

export interface BakeSpec {
  readonly input: InputSpec;
  readonly output: OutputSpec;
  /** How many labels its list has, for what tells classes apart by them; none or 0: there is no list. */
  readonly labelCount?: number;
}
