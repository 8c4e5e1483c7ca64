import { z } from 'zod';
import type { Picture } from '../../imaging/picture.js';
import { take, type Tensors } from '../../imaging/tensor.js';
import { BAKED, RAW } from '../bake/names.js';
import { valueInfo } from '../onnx/graph-editor.js';
import { onlyOutput } from './network-outputs.js';
import type { BakeTarget, OutputParser, RawOutput } from './output-parser.js';

const schema = z.strictObject({
  parser: z.literal('super-resolution'),
  scale: z.int().min(2).max(8).describe('how many times wider and higher the output is'),
  // Tiles overlap by it.
  receptiveFieldRadius: z
    .int()
    .min(0)
    .max(256)
    .describe('how far, in input pixels, the network looks beyond a pixel'),
});
type SuperResolution = z.output<typeof schema>;

/** A larger picture, 0..1, in the input's order of channels. */
export const superResolution = {
  task: 'SUPER_RESOLVE' as const,
  inputSize: 'ANY',
  proof: 'ENLARGED_PICTURE',
  schema,
  reads: 'a picture, 0..1',
  outputs: { [BAKED.upscaled]: 'uint8' },

  /** Out: `upscaled` uint8[1, height, width, 3], RGB. */
  bake({ model, editor, input: { channels } }: BakeTarget): void {
    const raw = editor.add('Identity', [onlyOutput(model).name], {}, RAW.picture);
    const scaled = editor.add('Mul', [raw, editor.floats(255)]);
    // Rounds halves to even and cuts to 0..255, in one go through the picture.
    const whole = editor.add('QuantizeLinear', [
      scaled,
      editor.floats(1),
      editor.weights('uint8', [], Uint8Array.of(0)),
    ]);
    const rgb =
      channels === 'BGR' ? editor.add('Gather', [whole, editor.ints([2, 1, 0])], { axis: 1 }) : whole;
    editor.add('Transpose', [rgb], { perm: [0, 2, 3, 1] }, BAKED.upscaled);
    model.graph.output = [valueInfo(BAKED.upscaled, 'uint8', [1, 'rows', 'columns', 3])];
  },

  probeFeeds: (): Tensors => ({}),

  raw: (): [RawOutput] => [
    {
      name: RAW.picture,
      what: 'values',
      // A network may overshoot at an edge; values of another scale, 0..255 or -128..127, lie far outside.
      range: [-1, 2],
      remedy: 'Its output has to be a picture of 0 to 1: export it so',
    },
  ],

  /** @returns RGB */
  decode(outputs: Tensors): Picture {
    const { dims, data } = take(outputs, BAKED.upscaled, 'uint8');
    const [, height = 0, width = 0] = dims;
    return { width, height, channels: 3, pixels: data };
  },
} satisfies OutputParser<SuperResolution>;
