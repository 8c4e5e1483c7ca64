import { z } from 'zod';
import { ConversionError } from '../conversion-error.js';
import type { GraphEditor } from '../onnx/graph-editor.js';
import type { ValueInfoProto } from '../onnx/messages.js';
import { shapeOf } from '../onnx/model.js';
import { bakeSuppression, detections, iouThreshold } from './detections.js';
import { checkLabels, onlyOutput } from './network-outputs.js';
import type { BakeTarget, OutputParser } from './output-parser.js';

const schema = z.strictObject({
  parser: z.literal('yolox'),
  strides: z.array(z.int().positive()).min(1).readonly().describe('pixels between the cells of each grid'),
  iouThreshold: iouThreshold.describe('overlap from which boxes of one class are one object'),
});
type Yolox = z.output<typeof schema>;

/** YOLOX's raw output: box numbers relative to their cell, objectness, and a score for each class. */
export const yolox = {
  ...detections,
  schema,
  reads: "YOLOX's raw 1 x cells x (5 + classes)",

  bake(target: BakeTarget, { strides, iouThreshold }: Yolox): void {
    const { model, editor, labelCount } = target;
    const { width = 0, height = 0 } = target.input;
    const { boxes, scores, classes } = decodeCells(editor, onlyOutput(model), strides, { width, height });
    checkLabels(classes, labelCount);
    bakeSuppression(target, { boxes, scores, iouThreshold });
  },
} satisfies OutputParser<Yolox>;

/**
 * Decodes YOLOX's raw output into corners and scores. A cell (column, row) of a grid with the given stride
 * predicts its object's centre as an offset from the cell, in strides, and its size as the logarithm of strides
 * (https://arxiv.org/abs/2107.08430, section 2.3).
 * @returns names of boxes (1 x N x 4) and scores (1 x N x classes: objectness times class score), and how many
 *   classes there are
 */
function decodeCells(
  editor: GraphEditor,
  raw: ValueInfoProto,
  strides: readonly number[],
  input: { width: number; height: number },
): { boxes: string; scores: string; classes: number } {
  const cells = strides.flatMap((stride) => grid(input.width / stride, input.height / stride, stride));
  const [, count, numbers] = shapeOf(raw);
  if (count !== cells.length || !numbers || numbers < 6) {
    throw new ConversionError(
      `Expected YOLOX's 1 x ${cells.length} x (5 + classes) output for ${input.width}x${input.height} pixels ` +
        `and strides ${strides.join(', ')}; the network's is ${shapeOf(raw).join(' x ')}`,
    );
  }
  const part = (from: number, to: number) =>
    editor.add('Slice', [raw.name, editor.ints([from]), editor.ints([to]), editor.ints([2])]);
  const corners = editor.floats(
    cells.flatMap(({ column, row }) => [column, row]),
    [1, cells.length, 2],
  );
  const scale = editor.floats(
    cells.map(({ stride }) => stride),
    [1, cells.length, 1],
  );

  const centre = editor.add('Mul', [editor.add('Add', [part(0, 2), corners]), scale]);
  const size = editor.add('Mul', [editor.add('Exp', [part(2, 4)]), scale]);
  const half = editor.add('Mul', [size, editor.floats(0.5)]);
  const leftTop = editor.add('Sub', [centre, half]);
  const rightBottom = editor.add('Add', [centre, half]);
  return {
    boxes: editor.add('Concat', [leftTop, rightBottom], { axis: 2 }),
    scores: editor.add('Mul', [part(4, 5), part(5, numbers)]),
    classes: numbers - 5,
  };
}

function grid(
  columns: number,
  rows: number,
  stride: number,
): { column: number; row: number; stride: number }[] {
  return Array.from({ length: columns * rows }, (_, index) => ({
    column: index % columns,
    row: Math.floor(index / columns),
    stride,
  }));
}
