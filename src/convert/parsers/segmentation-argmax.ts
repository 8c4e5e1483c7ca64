import { z } from 'zod';
import type { Picture, Size } from '../../imaging/picture.js';
import { ROAD_CLASSES } from '../../imaging/road-classes.js';
import { int64s, take, type Tensors } from '../../imaging/tensor.js';
import { BAKED, RAW } from '../bake/names.js';
import { ConversionError } from '../conversion-error.js';
import { valueInfo } from '../onnx/graph-editor.js';
import { shapeOf } from '../onnx/model.js';
import { onlyOutput } from './network-outputs.js';
import type { BakeTarget, OutputParser, RawOutput } from './output-parser.js';

const roadClass = z.enum(ROAD_CLASSES).transform((name) => ROAD_CLASSES.indexOf(name));

const schema = z.strictObject({
  parser: z.literal('segmentation-argmax'),
  classes: z
    .array(roadClass)
    .min(1)
    .readonly()
    .describe(`for each class, ${ROAD_CLASSES.map((name) => `\`${name}\``).join(', ')}`),
});
/** `classes`: for each channel of the output, the road class that it stands for. */
type SegmentationArgmax = z.output<typeof schema>;

/** A class for each pixel. */
export interface RoadMap {
  /** One channel of class numbers, as in ROAD_CLASSES. */
  readonly map: Picture;
  /** The classes that the model knows, rising. */
  readonly known: readonly number[];
}

/** A map of scores for each class. */
export const segmentationArgmax = {
  task: 'SEGMENT_ROAD' as const,
  inputSize: 'FIXED',
  proof: 'SCORES',
  schema,
  reads: '1 x classes x height x width',
  outputs: { [BAKED.classes]: 'uint8' },

  /** In: `size` int64[2], height and width. Out: `classes` uint8[1, height, width], each pixel's likeliest class. */
  bake({ model, editor }: BakeTarget, { classes }: SegmentationArgmax): void {
    const scores = onlyOutput(model);
    const channels = shapeOf(scores)[1];
    if (channels !== null && channels !== undefined && channels !== classes.length) {
      throw new ConversionError(
        `The network tells ${channels} classes apart, but its manifest entry names ${classes.length}`,
      );
    }
    const sizes = editor.add('Concat', [editor.ints([1, classes.length]), BAKED.size], { axis: 0 });
    const unused = editor.floats([]);
    const raw = editor.add('Identity', [scores.name], {}, RAW.scores);
    const upscaled = editor.add('Resize', [raw, unused, unused, sizes], {
      mode: 'linear',
      coordinate_transformation_mode: 'half_pixel',
    });
    const likeliest = editor.add('ArgMax', [upscaled], { axis: 1, keepdims: 0 });
    editor.add('Gather', [editor.bytes(classes), likeliest], { axis: 0 }, BAKED.classes);
    model.graph.input.push(valueInfo(BAKED.size, 'int64', [2]));
    model.graph.output = [valueInfo(BAKED.classes, 'uint8', [1, 'rows', 'columns'])];
  },

  /** @param size the pixels that the network's scores are interpolated to */
  feeds: ({ width, height }: Size): Tensors => ({ [BAKED.size]: int64s(height, width) }),

  probeFeeds: (): Tensors => ({ [BAKED.size]: int64s(16, 16) }),

  // It may end in logits as well; the likeliest class is the same.
  raw: (): [RawOutput] => [{ name: RAW.scores, what: 'scores' }],

  decode(outputs: Tensors, { classes }: SegmentationArgmax): RoadMap {
    const { dims, data } = take(outputs, BAKED.classes, 'uint8');
    const [, height = 0, width = 0] = dims;
    return {
      map: { width, height, channels: 1, pixels: data },
      known: [...new Set(classes)].sort((a, b) => a - b),
    };
  },
} satisfies OutputParser<SegmentationArgmax>;
