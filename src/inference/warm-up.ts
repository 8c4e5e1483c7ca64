import { BAKED } from '../convert/bake/names.js';
import type { OutputSpec } from '../convert/bake/spec.js';
import { floats, int64s, pixelTensor, take, type Tensors } from '../imaging/tensor.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import type { Session } from './session.js';

/** Enough for a network of any size to run, small enough to cost nothing. */
const ANY_SIZE = { width: 16, height: 16 };

/**
 * Runs a model once on grey: the first run of a session is slower, and a graph that does not answer as its
 * task expects is found before anybody is served from it.
 * @throws Error when the graph does not run, or lacks an output
 */
export async function warmUp(session: Session, model: PreparedModel): Promise<void> {
  const size = model.input.size ?? ANY_SIZE;
  const pixels = pixelTensor({ ...size, pixels: new Uint8Array(size.width * size.height * 3).fill(128) });
  const outputs = await session.run({ [BAKED.pixels]: pixels, ...argumentsOf(model) });
  expectOutputs(model.output.parser, outputs);
}

function argumentsOf({ output, labelCount }: PreparedModel): Tensors {
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

function expectOutputs(parser: OutputSpec['parser'], outputs: Tensors): void {
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
