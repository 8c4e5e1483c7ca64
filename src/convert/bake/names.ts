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
