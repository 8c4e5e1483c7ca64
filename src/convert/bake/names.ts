/**
 * Inputs and outputs of a baked graph: what the tasks feed and read. The prefix keeps them apart from any
 * name that a network may already use.
 */
export const BAKED = {
  pixels: 'okulo/pixels',
  /** softmax-top-k */
  k: 'okulo/k',
  indices: 'okulo/indices',
  scores: 'okulo/scores',
  /** segmentation-argmax */
  size: 'okulo/size',
  classes: 'okulo/classes',
  /** boxes, yolox; `scores` and `classes` as well */
  maxPerClass: 'okulo/maxPerClass',
  minScore: 'okulo/minScore',
  boxes: 'okulo/boxes',
  /** super-resolution */
  upscaled: 'okulo/upscaled',
} as const;

/** What the network itself answers, within the graph: what is not a number there may be none in the task's results. */
export const RAW = {
  /** Of every parser but super-resolution; before softmax, top-k, argmax or non-maximum suppression. */
  scores: 'okulo/raw/scores',
  /** ssd, yolox: decoded corners */
  boxes: 'okulo/raw/boxes',
  /** super-resolution: before scaling, rounding and clipping */
  picture: 'okulo/raw/picture',
} as const;
