/** What the graphs of all detectors have in common, whatever their networks put out. */
import { z } from 'zod';
import { floats, int64s, take, type Tensors } from '../../imaging/tensor.js';
import { BAKED, RAW } from '../bake/names.js';
import { valueInfo } from '../onnx/graph-editor.js';
import { ELEMENT } from '../onnx/messages.js';
import { PROBABILITY, type BakeTarget, type RawOutput } from './output-parser.js';

/** Boxes of one class that overlap more than this are one object. */
export const iouThreshold = z.number().min(0).max(1);

/** A box that a detector put out, in pixels of the network's input. */
export interface Detection {
  readonly classIndex: number;
  /** 0..1 */
  readonly score: number;
  readonly corners: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** The part of a parser that every detector's is made with. */
export const detections = {
  task: 'DETECT_OBJECTS',
  inputSize: 'FIXED',
  proof: 'SCORES',
  outputs: { [BAKED.boxes]: 'float32', [BAKED.scores]: 'float32', [BAKED.classes]: 'int32' },

  /** @param limits `maxObjects` of each class; `minScore` 0..1 */
  feeds: ({ maxObjects, minScore }: { maxObjects: number; minScore: number }): Tensors => ({
    [BAKED.maxPerClass]: int64s(maxObjects),
    [BAKED.minScore]: floats(minScore),
  }),

  probeFeeds: (): Tensors => detections.feeds({ maxObjects: 1, minScore: 0.5 }),

  raw: (): [RawOutput, RawOutput] => [
    {
      name: RAW.scores,
      what: 'scores',
      range: PROBABILITY,
      remedy: 'It has to end in probabilities: export it with its sigmoid or softmax',
      classCount: ([, , classes = 0]) => classes,
    },
    { name: RAW.boxes, what: 'boxes' },
  ],

  /** @returns boxes in no particular order */
  decode(outputs: Tensors): Detection[] {
    const boxes = take(outputs, BAKED.boxes, 'float32').data;
    const scores = take(outputs, BAKED.scores, 'float32').data;
    const classes = take(outputs, BAKED.classes, 'int32').data;
    return Array.from(scores, (score, index) => {
      const [left = 0, top = 0, right = 0, bottom = 0] = boxes.subarray(index * 4, index * 4 + 4);
      return { classIndex: classes[index] ?? 0, score, corners: { left, top, right, bottom } };
    });
  },
} as const;

/**
 * Ends a graph with non-maximum suppression, class by class.
 *
 * In: `maxPerClass` int64[1], `minScore` float[1].
 * Out, for K objects in no particular order: `boxes` float[K, 4] (left, top, right, bottom in input pixels),
 * `scores` float[K], `classes` int32[K].
 *
 * @param boxes name of a 1 x N x 4 value
 * @param scores name of a 1 x N x classes value
 */
export function bakeSuppression(
  { model, editor }: BakeTarget,
  { boxes, scores, iouThreshold }: { boxes: string; scores: string; iouThreshold: number },
): void {
  const corners = editor.add('Identity', [boxes], {}, RAW.boxes);
  const byClass = editor.add('Transpose', [editor.add('Identity', [scores], {}, RAW.scores)], {
    perm: [0, 2, 1],
  });
  // The operator wants (y, x) corners; overlap is the same when the axes swap places, so (x, y) serve as well.
  const kept = editor.add('NonMaxSuppression', [
    corners,
    byClass,
    BAKED.maxPerClass,
    editor.floats([iouThreshold]),
    BAKED.minScore,
  ]);
  // Each row of `kept` is (picture, class, box).
  const classes = editor.add('Gather', [kept, editor.ints(1)], { axis: 1 });
  const rows = editor.add('Gather', [kept, editor.ints(2)], { axis: 1 });
  const flat = editor.add('Reshape', [corners, editor.ints([-1, 4])]);
  editor.add('Gather', [flat, rows], { axis: 0 }, BAKED.boxes);
  editor.add('GatherND', [byClass, kept], {}, BAKED.scores);
  editor.add('Cast', [classes], { to: ELEMENT.int32 }, BAKED.classes);

  model.graph.input.push(valueInfo(BAKED.maxPerClass, 'int64', [1]), valueInfo(BAKED.minScore, 'float', [1]));
  model.graph.output = [
    valueInfo(BAKED.boxes, 'float', ['objects', 4]),
    valueInfo(BAKED.scores, 'float', ['objects']),
    valueInfo(BAKED.classes, 'int32', ['objects']),
  ];
}
