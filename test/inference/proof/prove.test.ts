import { describe, expect, it } from 'vitest';
import { prove } from '../../../src/inference/proof/prove.js';
import { loadSession } from '../../../src/inference/session.js';
import type { PreparedModel } from '../../../src/registry/prepared-model.js';
import {
  cellDetector,
  classifier,
  detector,
  doubled,
  enlarger,
  fixedEnlarger,
  meansOf,
  segmenter,
  type Build,
} from './networks.js';

const proving = (model: PreparedModel) =>
  prove(model, (graph) => loadSession(graph, { intraOpThreads: 1, spin: false }));

const NOT_NUMBERS = /not all numbers: \d+ of \d+ are NaN or infinite\. Its weights are damaged/;
const SAME_SCORES = /gives the same scores for two quite different test pictures/;

/** `y` out of the means of the channels: times a factor, plus an offset, each for every channel. */
const linear =
  (factor: number | number[], offset: number | number[] = 0): Build =>
  (editor) => {
    const scaled = editor.add('Mul', [meansOf(editor), editor.floats(factor)]);
    editor.add('Add', [scaled, editor.floats(offset)], {}, 'y');
  };
/** The same for every pixel. */
const pixelwise =
  (factor: number[]): Build =>
  (editor) => {
    editor.add('Mul', ['x', editor.floats(factor, [1, factor.length, 1, 1])], {}, 'y');
  };
/** Scores of one box. */
const boxScores =
  (factor: number, offset = 0): Build =>
  (editor) => {
    const scaled = editor.add('Mul', [meansOf(editor), editor.floats(factor)]);
    const scores = editor.add('Add', [scaled, editor.floats(offset)]);
    editor.add('Reshape', [scores, editor.ints([1, 1, 3])], {}, 's');
  };
/** Twice the size, each value times a factor. */
const doubledTimes =
  (factor: number | number[]): Build =>
  (editor) => {
    const factors = typeof factor === 'number' ? editor.floats(factor) : editor.floats(factor, [1, 3, 1, 1]);
    editor.add('Mul', [doubled(editor), factors], {}, 'y');
  };

describe('a network that can answer is proved', () => {
  it.each<[string, () => Promise<PreparedModel>]>([
    ['a classifier', () => classifier(linear(1))],
    ['one that ends in logits', () => classifier(linear(20, -10), { logits: true })],
    ['one that says for certain what it sees', () => classifier(linear([1, 0, 0], [0, 0, 0]))],
    ['one without labels', () => classifier(linear(1), { labelCount: 0 })],
    ['a segmentation', () => segmenter(pixelwise([1, 1, 1]))],
    ['a segmentation into logits', () => segmenter(pixelwise([30, -20, 10]))],
    ['a detector', () => detector(boxScores(1))],
    ['a detector that finds nothing in the test pictures', () => detector(boxScores(0.001))],
    ['a detector of cells', () => cellDetector(1)],
    ['an enlarger', () => enlarger(doubledTimes(1))],
    ['an enlarger that overshoots', () => enlarger(doubledTimes(1.4))],
  ])('%s', async (_, network) => {
    await expect(proving(await network())).resolves.toBeUndefined();
  });
});

describe('a network that cannot answer is refused', () => {
  it.each<[string, () => Promise<PreparedModel>, RegExp]>([
    ['a classifier whose weights are NaN', () => classifier(linear(NaN)), NOT_NUMBERS],
    [
      'a classifier with NaN behind its softmax',
      () => classifier(linear(NaN), { logits: true }),
      NOT_NUMBERS,
    ],
    ['a classifier with one class that is NaN', () => classifier(linear(1, [0, 0, NaN])), NOT_NUMBERS],
    [
      'a classifier with an infinite logit',
      () => classifier(linear(1, [Infinity, 0, 0]), { logits: true }),
      NOT_NUMBERS,
    ],
    [
      'a classifier that fails for dark pixels',
      () =>
        classifier(
          (editor) => {
            const logarithm = editor.add('Log', ['x']);
            editor.add('ReduceMean', [logarithm], { axes: [2, 3], keepdims: 0 }, 'y');
          },
          { logits: true },
        ),
      NOT_NUMBERS,
    ],
    ['a classifier without weights', () => classifier(linear(0, 0.3)), SAME_SCORES],
    [
      'a classifier that ends in logits and does not say so',
      () => classifier(linear(20, -10)),
      /scores for a test picture go from \S+ to \S+, and 0 to 1 was expected\..*"logits": true/,
    ],
    [
      'a classifier of more classes than labels',
      () => classifier(linear(1), { labelCount: 2, open: true }),
      /tells 3 classes apart, and its manifest entry names 2/,
    ],
    ['a segmentation that is NaN', () => segmenter(pixelwise([NaN, NaN, NaN])), NOT_NUMBERS],
    ['a segmentation with one class that is NaN', () => segmenter(pixelwise([1, NaN, 1])), NOT_NUMBERS],
    ['a segmentation that is infinite', () => segmenter(pixelwise([1, 1, Infinity])), NOT_NUMBERS],
    ['a segmentation without weights', () => segmenter(pixelwise([0, 0, 0])), SAME_SCORES],
    [
      'a segmentation of other classes than its entry names',
      () => segmenter(pixelwise([1, 1, 1]), [0, 1]),
      /does not run as its manifest entry describes it: .*Resize/,
    ],
    ['a detector that is NaN', () => detector(boxScores(NaN)), NOT_NUMBERS],
    ['a detector of boxes that are NaN', () => detector(boxScores(1), [1, 1, NaN, 6]), NOT_NUMBERS],
    ['a detector without weights', () => detector(boxScores(0, 0.7)), SAME_SCORES],
    [
      'a detector that ends in logits',
      () => detector(boxScores(20, -10)),
      /0 to 1 was expected.*with its sigmoid or softmax/,
    ],
    ['a detector of cells whose boxes are endless', () => cellDetector(100), NOT_NUMBERS],
    ['an enlarger that is NaN', () => enlarger(doubledTimes(NaN)), NOT_NUMBERS],
    ['an enlarger with one channel that is NaN', () => enlarger(doubledTimes([1, 1, NaN])), NOT_NUMBERS],
    [
      'an enlarger of 0..255',
      () => enlarger(doubledTimes(255)),
      /values for a test picture go from \d to 2\d\d, and 0 to 1 was expected/,
    ],
    ['an enlarger into black', () => enlarger(doubledTimes(1 / 255)), /a picture of a single colour/],
    [
      'an enlarger without weights',
      () =>
        enlarger((editor) => {
          const nothing = editor.add('Mul', [doubled(editor), editor.floats(0)]);
          editor.add('Add', [nothing, editor.floats([0.1, 0.5, 0.9], [1, 3, 1, 1])], {}, 'y');
        }),
      /makes the same of two quite different test pictures/,
    ],
    [
      'an enlarger by another factor than its entry says',
      () => enlarger(doubledTimes(1), 3),
      /makes 1x64x96x3 of 48x32 pixels, and 1x96x144x3 was expected.*Correct "scale"/,
    ],
    [
      'an enlarger of even sizes only',
      () =>
        enlarger((editor) => {
          const halves = editor.add('SpaceToDepth', ['x'], { blocksize: 2 });
          editor.add(
            'Identity',
            [doubled(editor, editor.add('DepthToSpace', [halves], { blocksize: 2 }))],
            {},
            'y',
          );
        }),
      /can enlarge 48x32 pixels, and not 33x21 pixels \(.*\)\. Super resolution needs a network that takes/,
    ],
    [
      'an enlarger of one size only',
      () => fixedEnlarger(doubledTimes(1)),
      /takes pictures of 32x32 pixels only\. Super resolution needs a network that takes pictures of any size/,
    ],
  ])('%s', async (_, network, words) => {
    const refusal: unknown = await proving(await network()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Error);
    expect((refusal as Error).message).toMatch(words);
    expect((refusal as Error).message).not.toContain('\n');
  });
});
