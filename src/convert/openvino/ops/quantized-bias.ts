import type { GraphEditor } from '../../onnx/graph-editor.js';
import { numbersOf } from '../ir-constant.js';
import type { Scales, Value } from '../value.js';

const INT32_MAX = 2 ** 31 - 1;

/**
 * The bias of a convolution whose input and filters are both quantized, as whole multiples of the product of
 * their scales: the unit in which an integer convolution adds up. It is off by half such a unit at most.
 * @returns nothing when the convolution is not quantized, or the bias does not fit
 */
export function quantizedBias(
  editor: GraphEditor,
  bias: Value,
  input: Scales | undefined,
  filters: Scales | undefined,
): string | undefined {
  const [inputScale] = input ?? [];
  if (!bias.constant || !filters || inputScale === undefined) return undefined;
  const values = numbersOf(bias.constant);
  const units = values.map((_, channel) =>
    Math.fround(inputScale * (filters[filters.length === 1 ? 0 : channel] ?? NaN)),
  );
  const multiples = values.map((value, channel) => Math.round(value / (units[channel] ?? NaN)));
  if (!multiples.every((multiple) => Math.abs(multiple) <= INT32_MAX)) return undefined;

  const stored = editor.weights('int32', [values.length], new Uint8Array(Int32Array.from(multiples).buffer));
  return editor.add('DequantizeLinear', [stored, editor.floats(units)], { axis: 0 });
}
