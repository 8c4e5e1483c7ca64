import { BAKED } from '../convert/bake/names.js';
import type { OutputSpec } from '../convert/bake/spec.js';
import { floats, int64s, take, type Tensors } from '../imaging/tensor.js';
import type { PreparedModel } from '../registry/prepared-model.js';

/** What a model's graph wants beside a picture, for a run that serves nobody. */
export function argumentsOf({ output, labelCount }: PreparedModel): Tensors {
  switch (output.parser) {
    case 'softmax-top-k':
      // A label list that is longer than what the network tells apart shows here.
      return { [BAKED.k]: int64s(Math.max(1, labelCount)) };
    case 'segmentation-argmax':
      return { [BAKED.size]: int64s(16, 16) };
    case 'ssd':
    case 'yolox':
      return { [BAKED.maxPerClass]: int64s(1), [BAKED.minScore]: floats(0.5) };
    case 'super-resolution':
      return {};
  }
}

/** @throws Error when a graph lacks an output that its task reads */
export function expectOutputs(parser: OutputSpec['parser'], outputs: Tensors): void {
  switch (parser) {
    case 'softmax-top-k':
      take(outputs, BAKED.scores, 'float32');
      take(outputs, BAKED.indices, 'int32');
      break;
    case 'segmentation-argmax':
      take(outputs, BAKED.classes, 'uint8');
      break;
    case 'ssd':
    case 'yolox':
      take(outputs, BAKED.boxes, 'float32');
      take(outputs, BAKED.scores, 'float32');
      take(outputs, BAKED.classes, 'int32');
      break;
    case 'super-resolution':
      take(outputs, BAKED.upscaled, 'uint8');
      break;
  }
}
