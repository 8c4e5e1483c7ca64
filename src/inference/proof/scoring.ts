import { BAKED, RAW } from '../../convert/bake/names.js';
import type { OutputSpec, SuperResolution } from '../../convert/bake/spec.js';
import type { PreparedModel } from '../../registry/prepared-model.js';
import { Stopwatch } from '../../tasks/stopwatch.js';
import { inputOf, type View } from '../../tasks/view.js';
import { argumentsOf, expectOutputs } from '../network-arguments.js';
import { areEqual, DAMAGED, expectFinite, expectWithin, rawOf, runOn, type Floats } from './raw-answer.js';
import type { Session } from '../session.js';

/** A network that ends in scores: of labels, of classes for each pixel, or of boxes. */
export type Scoring = Exclude<OutputSpec, SuperResolution>;

/** Probabilities are rounded on their way. */
const PROBABILITY = [-1e-3, 1 + 1e-3] as const;

/**
 * Proves that a network scores pictures. Nothing has to be found in them.
 * @throws Error with a sentence for the operator
 */
export async function proveScoring(
  session: Session,
  model: PreparedModel,
  output: Scoring,
  [first, second]: readonly [View, View],
): Promise<void> {
  const one = await scoresOf(session, model, output, first);
  const other = await scoresOf(session, model, output, second);
  if (areEqual(one.data, other.data)) {
    throw new Error(`The network gives the same scores for two quite different test pictures. ${DAMAGED}`);
  }
}

async function scoresOf(
  session: Session,
  model: PreparedModel,
  output: Scoring,
  picture: View,
): Promise<Floats> {
  const { pixels } = await inputOf(picture, model, new Stopwatch());
  const outputs = await runOn(session, { [BAKED.pixels]: pixels, ...argumentsOf(model) });
  expectOutputs(output.parser, outputs);
  const scores = rawOf(outputs, RAW.scores);
  expectFinite(scores, 'scores');
  switch (output.parser) {
    case 'softmax-top-k':
      expectCount(scores.data.length, model.labelCount);
      if (!output.logits) {
        const remedy = 'If it ends in logits, its manifest entry has to say so: "logits": true in "output"';
        expectWithin(scores, PROBABILITY, 'scores', remedy);
      }
      break;
    case 'segmentation-argmax':
      // It may end in logits as well; the likeliest class is the same.
      break;
    case 'ssd':
    case 'yolox':
      expectCount(scores.dims[2] ?? 0, model.labelCount);
      expectWithin(
        scores,
        PROBABILITY,
        'scores',
        'It has to end in probabilities: export it with its sigmoid or softmax',
      );
      expectFinite(rawOf(outputs, RAW.boxes), 'boxes');
      break;
  }
  return scores;
}

/** Where a file leaves its sizes open, only a run shows them. */
function expectCount(classes: number, expected: number): void {
  if (expected === 0 || classes === expected) return;
  throw new Error(
    `The network tells ${classes} classes apart, and its manifest entry names ${expected}. Correct the entry`,
  );
}
