import { ELEMENT } from '../../onnx/messages.js';
import type { Operation } from '../operation.js';
import type { Value } from '../value.js';

const MODES = { linear_onnx: 'linear', nearest: 'nearest', cubic: 'cubic' } as const;

/** Interpolate of opset4: resizes the last axes to given sizes, or by given factors. */
export function interpolate(operation: Operation): Value {
  const { attributes, editor } = operation;
  checkSupported(operation);
  const mode = MODES[attributes.word('mode', ['linear_onnx', 'nearest', 'cubic'])];
  const kept = keptAxes(operation);
  const input = operation.input(0).name();
  const settings = {
    mode,
    coordinate_transformation_mode: attributes.word(
      'coordinate_transformation_mode',
      ['half_pixel', 'pytorch_half_pixel', 'asymmetric', 'align_corners'],
      'half_pixel',
    ),
    ...(mode === 'nearest' && {
      nearest_mode: attributes.word(
        'nearest_mode',
        ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'],
        'round_prefer_floor',
      ),
    }),
    ...(mode === 'cubic' && { cubic_coeff_a: { float: attributes.number('cube_coeff') } }),
  };

  if (attributes.word('shape_calculation_mode', ['sizes', 'scales']) === 'scales') {
    const ones = editor.floats(Array.from({ length: kept }, () => 1));
    const factors = editor.add('Concat', [ones, operation.input(2).name()], { axis: 0 });
    return operation.result('Resize', [input, '', factors], settings);
  }
  const { type, name } = operation.input(1);
  const sizes = type === 'int64' ? name() : editor.add('Cast', [name()], { to: ELEMENT.int64 });
  const outer = editor.add('Shape', [input], { start: 0, end: kept });
  const whole = editor.add('Concat', [outer, sizes], { axis: 0 });
  return operation.result('Resize', [input, '', '', whole], settings);
}

/** How many axes come before those that are resized. */
function keptAxes(operation: Operation): number {
  const rank = operation.input(0).dims.length;
  if (operation.inputs.length < 4) return 0;
  const axes = operation.numbers(3, 'axes');
  const kept = rank - axes.length;
  if (axes.some((axis, index) => (axis < 0 ? axis + rank : axis) !== kept + index)) {
    throw operation.fault(
      `resizes axes ${axes.join(', ')} of ${rank}; only the last ones in order are supported`,
    );
  }
  return kept;
}

function checkSupported(operation: Operation): void {
  const { attributes } = operation;
  if (attributes.flag('antialias', false))
    throw operation.fault('smooths while it shrinks (antialias), which is not supported');
  const pads = [...attributes.sizes('pads_begin', []), ...attributes.sizes('pads_end', [])];
  if (pads.some((pad) => pad !== 0)) throw operation.fault('pads its input, which is not supported');
}
