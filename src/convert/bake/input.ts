import { ConversionError } from '../conversion-error.js';
import { GraphEditor, valueInfo } from '../onnx/graph-editor.js';
import { feedsOf, shapeOf } from '../onnx/model.js';
import { ELEMENT, type ModelProto, type ValueInfoProto } from '../onnx/messages.js';
import { BAKED } from './names.js';
import type { InputSpec } from './input-spec.js';

const CHANNELS_FIRST = 1;
const CHANNELS_LAST = 3;

/**
 * Replaces the network's float input by `pixels`: 1 x height x width x 3, uint8, RGB, as an image decoder
 * leaves them. What would be a loop over pixels in JavaScript becomes operators that the runtime knows well.
 */
export function bakeInput(model: ModelProto, spec: InputSpec): void {
  const feed = pictureFeed(model, spec);
  checkSize(shapeOf(feed), spec);

  const { graph } = model;
  const editor = new GraphEditor('okulo/before');
  // Moving bytes costs a quarter of moving floats, and numbers for whole planes less than for pixels.
  const [axis, perChannel] = spec.layout === 'NCHW' ? [CHANNELS_FIRST, [3, 1, 1]] : [CHANNELS_LAST, [3]];
  let value: string = BAKED.pixels;
  if (spec.layout === 'NCHW') value = editor.add('Transpose', [value], { perm: [0, 3, 1, 2] });
  value = editor.add('Cast', [value], { to: ELEMENT.float });
  if (spec.channels === 'BGR') value = editor.add('Gather', [value, editor.ints([2, 1, 0])], { axis });
  if (spec.mean.some((mean) => mean !== 0))
    value = editor.add('Sub', [value, editor.floats(spec.mean, perChannel)]);
  if (spec.scale.some((scale) => scale !== 1))
    value = editor.add('Mul', [value, editor.floats(spec.scale, perChannel)]);
  editor.add('Identity', [value], {}, feed.name);

  if (spec.upscaledInput) enlarge(editor, feed.name, spec.upscaledInput);

  editor.prependTo(graph);
  graph.input = graph.input.filter(({ name }) => name !== feed.name && name !== spec.upscaledInput?.name);
  graph.input.push(valueInfo(BAKED.pixels, 'uint8', [1, spec.height ?? 'height', spec.width ?? 'width', 3]));
}

/** The one input that takes the picture; the enlarged picture's is made from it. */
function pictureFeed(model: ModelProto, { upscaledInput }: InputSpec): ValueInfoProto {
  const feeds = feedsOf(model);
  if (upscaledInput && !feeds.some(({ name }) => name === upscaledInput.name)) {
    throw new ConversionError(`The network has no input '${upscaledInput.name}' for the enlarged picture`);
  }
  const [feed, ...more] = feeds.filter(({ name }) => name !== upscaledInput?.name);
  if (feed && more.length === 0) return feed;
  const count = feed ? more.length + 1 : 0;
  throw new ConversionError(`Expected a network with one input, and this one has ${count}`);
}

/** Bicubic with the coefficient -0.75 and centred pixels: what OpenCV's INTER_CUBIC does, which callers used. */
function enlarge(
  editor: GraphEditor,
  picture: string,
  { name, times }: { name: string; times: number },
): void {
  const unused = editor.floats([]);
  editor.add(
    'Resize',
    [picture, unused, editor.floats([1, 1, times, times])],
    { mode: 'cubic', coordinate_transformation_mode: 'half_pixel', cubic_coeff_a: { float: -0.75 } },
    name,
  );
}

/** A manifest entry that contradicts its file is found here, not by a puzzling failure at run time. */
function checkSize(shape: (number | null)[], { layout, width, height }: InputSpec): void {
  const [channels, rows, columns] = layout === 'NCHW' ? shape.slice(1) : [shape[3], shape[1], shape[2]];
  const agrees = (actual: number | null | undefined, stated: number | undefined) =>
    actual === undefined || actual === null || actual === stated;
  if (shape.length === 4 && agrees(channels, 3) && agrees(rows, height) && agrees(columns, width)) return;
  const open = shape.map((size) => size ?? '?').join('x');
  throw new ConversionError(
    `The network's input is ${open}, but its manifest entry says ${layout} with ${width ?? '?'}x${height ?? '?'} pixels (width x height)`,
  );
}
