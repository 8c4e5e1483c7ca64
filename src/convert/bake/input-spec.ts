/** How a network wants its pixels: what has to be known, beside its file, to bake pre-processing into its graph. */
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
  readonly upscaledInput?: { readonly name: string; readonly times: number } | undefined;
}
