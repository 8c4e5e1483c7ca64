import { z } from 'zod';
import { shapeOf } from '../onnx/model.js';
import { bakeSuppression, detections, iouThreshold } from './detections.js';
import { checkLabels, outputNamed } from './network-outputs.js';
import type { BakeTarget, OutputParser } from './output-parser.js';

const schema = z.strictObject({
  parser: z.literal('ssd'),
  boxes: z.string().describe("name of the boxes' output"),
  scores: z.string().describe("name of the scores' output"),
  iouThreshold: iouThreshold.describe(
    'overlap from which boxes of one class are one object; for Caffe, the `nms_threshold` of its DetectionOutput',
  ),
});
type Ssd = z.output<typeof schema>;

/** Boxes and scores, already decoded. */
export const ssd = {
  ...detections,
  schema,
  reads: 'boxes 1 x N x 4 (corners in input pixels) and scores 1 x N x classes',

  bake(target: BakeTarget, spec: Ssd): void {
    const boxes = outputNamed(target.model, spec.boxes);
    const scores = outputNamed(target.model, spec.scores);
    checkLabels(shapeOf(scores)[2], target.labelCount);
    bakeSuppression(target, { ...spec, boxes: boxes.name, scores: scores.name });
  },
} satisfies OutputParser<Ssd>;
