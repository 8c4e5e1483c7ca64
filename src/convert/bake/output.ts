import { ConversionError } from '../conversion-error.js';
import { GraphEditor, valueInfo } from '../onnx/graph-editor.js';
import { shapeOf } from '../onnx/model.js';
import { ELEMENT, type ModelProto, type ValueInfoProto } from '../onnx/messages.js';
import { bakeBoxes } from './boxes.js';
import { checkLabels } from './labels.js';
import { BAKED, RAW } from './names.js';
import { yoloxBoxes } from './yolox.js';
import type { BakeSpec, InputSpec, SegmentationArgmax, SoftmaxTopK, Ssd, Yolox } from './spec.js';

/** Replaces the network's outputs by the ones that the tasks read; each function below says which. */
export function bakeOutput(model: ModelProto, { input, output, labelCount = 0 }: BakeSpec): void {
  const editor = new GraphEditor('okulo/after');
  const { graph } = model;
  switch (output.parser) {
    case 'softmax-top-k':
      topK(model, editor, output, labelCount);
      break;
    case 'segmentation-argmax':
      classMap(model, editor, output);
      break;
    case 'ssd':
      decoded(model, editor, output, labelCount);
      break;
    case 'yolox':
      cells(model, editor, output, input, labelCount);
      break;
    case 'super-resolution':
      picture(model, editor, input.channels);
      break;
  }
  editor.appendTo(graph);
}

/** In: `k` int64[1]. Out: `scores` float[k], falling, and `indices` int32[k]. */
function topK(model: ModelProto, editor: GraphEditor, { logits }: SoftmaxTopK, labelCount: number): void {
  const vector = only(model);
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
}

/** In: `size` int64[2], height and width. Out: `classes` uint8[1, height, width], each pixel's likeliest class. */
function classMap(model: ModelProto, editor: GraphEditor, { classes }: SegmentationArgmax): void {
  const scores = only(model);
  const channels = shapeOf(scores)[1];
  if (channels !== null && channels !== undefined && channels !== classes.length) {
    throw new ConversionError(
      `The network tells ${channels} classes apart, but its manifest entry names ${classes.length}`,
    );
  }
  const sizes = editor.add('Concat', [editor.ints([1, classes.length]), BAKED.size], { axis: 0 });
  const unused = editor.floats([]);
  const raw = editor.add('Identity', [scores.name], {}, RAW.scores);
  const enlarged = editor.add('Resize', [raw, unused, unused, sizes], {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
  const likeliest = editor.add('ArgMax', [enlarged], { axis: 1, keepdims: 0 });
  editor.add('Gather', [editor.bytes(classes), likeliest], { axis: 0 }, BAKED.classes);
  model.graph.input.push(valueInfo(BAKED.size, 'int64', [2]));
  model.graph.output = [valueInfo(BAKED.classes, 'uint8', [1, 'rows', 'columns'])];
}

function decoded(
  model: ModelProto,
  editor: GraphEditor,
  { boxes, scores, iouThreshold }: Ssd,
  labelCount: number,
): void {
  const [corners, perClass] = [named(model, boxes), named(model, scores)];
  checkLabels(shapeOf(perClass)[2], labelCount);
  bakeBoxes(model, editor, corners.name, perClass.name, iouThreshold);
}

function cells(
  model: ModelProto,
  editor: GraphEditor,
  { strides, iouThreshold }: Yolox,
  { width = 0, height = 0 }: InputSpec,
  labelCount: number,
): void {
  const { boxes, scores, classes } = yoloxBoxes(editor, only(model), strides, { width, height });
  checkLabels(classes, labelCount);
  bakeBoxes(model, editor, boxes, scores, iouThreshold);
}

/** Out: `upscaled` uint8[1, height, width, 3], RGB. */
function picture(model: ModelProto, editor: GraphEditor, channels: InputSpec['channels']): void {
  const raw = editor.add('Identity', [only(model).name], {}, RAW.picture);
  const scaled = editor.add('Mul', [raw, editor.floats(255)]);
  const clipped = editor.add('Clip', [scaled, editor.floats(0), editor.floats(255)]);
  const whole = editor.add('Cast', [editor.add('Round', [clipped])], { to: ELEMENT.uint8 });
  const rgb = channels === 'BGR' ? editor.add('Gather', [whole, editor.ints([2, 1, 0])], { axis: 1 }) : whole;
  editor.add('Transpose', [rgb], { perm: [0, 2, 3, 1] }, BAKED.upscaled);
  model.graph.output = [valueInfo(BAKED.upscaled, 'uint8', [1, 'rows', 'columns', 3])];
}

/** How long a vector of scores is; null where its shape does not tell. A batch of open size is one picture. */
function classesOf([batch, ...rest]: readonly (number | null)[]): number | null {
  if (batch === undefined) return null;
  const sizes = rest.length > 0 ? [batch ?? 1, ...rest] : [batch];
  return sizes.reduce((product, size) => (product === null || size === null ? null : product * size), 1);
}

function only({ graph }: ModelProto): ValueInfoProto {
  const [output, ...more] = graph.output;
  if (output && more.length === 0) return output;
  throw new ConversionError(`Expected a network with one output, and this one has ${graph.output.length}`);
}

function named({ graph }: ModelProto, name: string): ValueInfoProto {
  const output = graph.output.find((candidate) => candidate.name === name);
  if (output) return output;
  const names = graph.output.map((candidate) => `'${candidate.name}'`).join(', ');
  throw new ConversionError(`The network has no output '${name}'; it has ${names}`);
}
