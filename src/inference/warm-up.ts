import { BAKED } from '../convert/bake/names.js';
import { parserOf } from '../convert/parsers/parsers.js';
import { pixelTensor } from '../imaging/tensor.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import { expectOutputs } from './expect-outputs.js';
import type { Session } from './session.js';

/** Enough for a network of any size to run, small enough to cost nothing. */
const ANY_SIZE = { width: 16, height: 16 };

/**
 * Runs a model once on grey: the first run of a session is slower than the others. That the model can answer was
 * proved when it was made.
 * @throws Error when the graph does not run, or lacks an output
 */
export async function warmUp(session: Session, model: PreparedModel): Promise<void> {
  const size = model.input.size ?? ANY_SIZE;
  const pixels = pixelTensor({ ...size, pixels: new Uint8Array(size.width * size.height * 3).fill(128) });
  const feeds = parserOf(model.output).probeFeeds(model.labelCount);
  expectOutputs(model, await session.run({ [BAKED.pixels]: pixels, ...feeds }));
}
