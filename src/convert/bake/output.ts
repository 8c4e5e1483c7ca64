import { ConversionError } from '../conversion-error.js';
import { GraphEditor, valueInfo } from '../onnx/graph-editor.js';
import { shapeOf } from '../onnx/model.js';
import { ELEMENT, type ModelProto, type ValueInfoProto } from '../onnx/messages.js';
import { bakeBoxes } from './boxes.js';
import { BAKED } from './names.js';
import { yoloxBoxes } from './yolox.js';
import type { InputSpec, OutputSpec, SegmentationArgmax, SoftmaxTopK } from './spec.js';

/** Replaces the network's outputs by the ones that the tasks read; each function below says which. */
export function bakeOutput(model: ModelProto, spec: OutputSpec, input: InputSpec): void {
  const editor = new GraphEditor('okulo/after');
  const { graph } = model;
  switch (spec.parser) {
    case 'softmax-top-k':
      topK(model, editor, spec);
      break;
    case 'segmentation-argmax':
      classMap(model, editor, spec);
      break;
    case 'ssd':
      bakeBoxes(
        model,
        editor,
        named(model, spec.boxes).name,
        named(model, spec.scores).name,
        spec.iouThreshold,
      );
      break;
    case 'yolox': {
      const { boxes, scores } = yoloxBoxes(editor, only(model), spec.strides, {
        width: input.width ?? 0,
        height: input.height ?? 0,
      });
      bakeBoxes(model, editor, boxes, scores, spec.iouThreshold);
      break;
    }
    case 'super-resolution':
      picture(model, editor, input.channels);
      break;
  }
  editor.appendTo(graph);
}

/** In: `k` int64[1]. Out: `scores` float[k], falling, and `indices` int32[k]. */
function topK(model: ModelProto, editor: GraphEditor, { logits }: SoftmaxTopK): void {
  let scores = editor.add('Reshape', [only(model).name, editor.ints([-1])]);
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
  const enlarged = editor.add('Resize', [scores.name, unused, unused, sizes], {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
  const likeliest = editor.add('ArgMax', [enlarged], { axis: 1, keepdims: 0 });
  editor.add('Gather', [editor.bytes(classes), likeliest], { axis: 0 }, BAKED.classes);
  model.graph.input.push(valueInfo(BAKED.size, 'int64', [2]));
  model.graph.output = [valueInfo(BAKED.classes, 'uint8', [1, 'rows', 'columns'])];
}

/** Out: `upscaled` uint8[1, height, width, 3], RGB. */
function picture(model: ModelProto, editor: GraphEditor, channels: InputSpec['channels']): void {
  const scaled = editor.add('Mul', [only(model).name, editor.floats(255)]);
  const clipped = editor.add('Clip', [scaled, editor.floats(0), editor.floats(255)]);
  const whole = editor.add('Cast', [editor.add('Round', [clipped])], { to: ELEMENT.uint8 });
  const rgb = channels === 'BGR' ? editor.add('Gather', [whole, editor.ints([2, 1, 0])], { axis: 1 }) : whole;
  editor.add('Transpose', [rgb], { perm: [0, 2, 3, 1] }, BAKED.upscaled);
  model.graph.output = [valueInfo(BAKED.upscaled, 'uint8', [1, 'rows', 'columns', 3])];
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
