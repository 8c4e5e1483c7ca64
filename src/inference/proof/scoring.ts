import { BAKED } from '../../convert/bake/names.js';
import { parserOf } from '../../convert/parsers/parsers.js';
import type { PreparedModel } from '../../registry/prepared-model.js';
import { Stopwatch } from '../../tasks/stopwatch.js';
import { inputOf, type DecodedImage } from '../../tasks/decoded-image.js';
import { expectOutputs } from '../expect-outputs.js';
import { areEqual, DAMAGED, expectPlausible, runOn, type Floats } from './raw-answer.js';
import type { Session } from '../session.js';

/**
 * Proves that a network scores pictures: labels, classes for each pixel, or boxes. Nothing has to be found in them.
 * @throws Error with a sentence for the operator
 */
export async function proveScoring(
  session: Session,
  model: PreparedModel,
  [first, second]: readonly [DecodedImage, DecodedImage],
): Promise<void> {
  const one = await scoresOf(session, model, first);
  const other = await scoresOf(session, model, second);
  if (areEqual(one.data, other.data)) {
    throw new Error(`The network gives the same scores for two quite different test pictures. ${DAMAGED}`);
  }
}

async function scoresOf(session: Session, model: PreparedModel, picture: DecodedImage): Promise<Floats> {
  const { output, labelCount } = model;
  const parser = parserOf(output);
  const { pixels } = await inputOf(picture, model, new Stopwatch());
  const outputs = await runOn(session, { [BAKED.pixels]: pixels, ...parser.probeFeeds(labelCount) });
  expectOutputs(model, outputs);
  return expectPlausible(outputs, parser.raw(output), labelCount);
}
