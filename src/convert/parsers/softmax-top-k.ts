import { z } from 'zod';
import { int64s, take, type Tensors } from '../../imaging/tensor.js';
import { BAKED, RAW } from '../bake/names.js';
import { valueInfo } from '../onnx/graph-editor.js';
import { ELEMENT } from '../onnx/messages.js';
import { shapeOf } from '../onnx/model.js';
import { checkLabels, onlyOutput } from './network-outputs.js';
import { PROBABILITY, type BakeTarget, type OutputParser, type RawOutput } from './output-parser.js';

const schema = z.strictObject({
  parser: z.literal('softmax-top-k'),
  logits: z.boolean().default(false).describe('true when softmax is still to be done'),
});
type SoftmaxTopK = z.output<typeof schema>;

/** One vector of scores, one for each label. */
export const softmaxTopK = {
  task: 'CLASSIFY' as const,
  inputSize: 'FIXED',
  proof: 'SCORES',
  schema,
  reads: 'one score for each label',
  outputs: { [BAKED.scores]: 'float32', [BAKED.indices]: 'int32' },

  /** In: `k` int64[1]. Out: `scores` float[k], falling, and `indices` int32[k]. */
  bake({ model, editor, labelCount }: BakeTarget, { logits }: SoftmaxTopK): void {
    const vector = onlyOutput(model);
    checkLabels(classesOf(shapeOf(vector)), labelCount);
    let scores = editor.add('Reshape', [vector.name, editor.ints([-1])], {}, RAW.scores);
    if (logits) scores = editor.add('Softmax', [scores], { axis: 0 });
    const [values, indices] = editor.addPair('TopK', [scores, BAKED.k], { axis: 0 });
    editor.add('Identity', [values], {}, BAKED.scores);
    editor.add('Cast', [indices], { to: ELEMENT.int32 }, BAKED.indices);
    model.graph.input.push(valueInfo(BAKED.k, 'int64', [1]));
    model.graph.output = [
      valueInfo(BAKED.scores, 'float', ['labels']),
      valueInfo(BAKED.indices, 'int32', ['labels']),
    ];
  },

  /** @param topK at most as many as the model has labels */
  feeds: ({ topK }: { topK: number }): Tensors => ({ [BAKED.k]: int64s(topK) }),

  // A label list that is longer than what the network tells apart shows here.
  probeFeeds: (labelCount: number): Tensors => ({ [BAKED.k]: int64s(Math.max(1, labelCount)) }),

  raw: ({ logits }: SoftmaxTopK): [RawOutput] => {
    const scores = {
      name: RAW.scores,
      what: 'scores',
      classCount: (dims: readonly number[]) => dims.reduce((product, size) => product * size, 1),
    };
    const remedy = 'If it ends in logits, its manifest entry has to say so: "logits": true in "output"';
    return [logits ? scores : { ...scores, range: PROBABILITY, remedy }];
  },

  /** @returns labels by their index in the model's list, falling scores */
  decode(outputs: Tensors): { index: number; score: number }[] {
    const indices = take(outputs, BAKED.indices, 'int32').data;
    const scores = take(outputs, BAKED.scores, 'float32').data;
    return Array.from(scores, (score, rank) => ({ index: indices[rank] ?? 0, score }));
  },
} satisfies OutputParser<SoftmaxTopK>;

/** How long a vector of scores is; null where its shape does not tell. A batch of open size is one picture. */
function classesOf([batch, ...rest]: readonly (number | null)[]): number | null {
  if (batch === undefined) return null;
  const sizes = rest.length > 0 ? [batch ?? 1, ...rest] : [batch];
  return sizes.reduce((product, size) => (product === null || size === null ? null : product * size), 1);
}
