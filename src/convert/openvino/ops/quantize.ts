import type { Operation } from '../operation.js';
import type { Value } from '../value.js';
import { numbersOf } from '../ir-constant.js';

const UINT8_MAX = 255;
/** As a part of one step: how far a zero may lie beside a step that is taken for it. */
const ZERO_TOLERANCE = 1e-3;

/**
 * FakeQuantize: limits a value to a range and rounds it to one of so many levels. With 8-bit levels over one
 * range it becomes a QuantizeLinear and DequantizeLinear pair, from which the runtime makes integer kernels;
 * other kinds are computed as the formula says.
 */
export function fakeQuantize(operation: Operation): Value {
  const { editor } = operation;
  const ranges = ['lower input limit', 'upper input limit', 'lower output limit', 'upper output limit'].map(
    (meaning, index) => operation.numbers(index + 1, meaning),
  );
  const [low = [], high = [], outLow = [], outHigh = []] = ranges;
  const levels = operation.attributes.whole('levels');
  if (levels < 2) throw operation.fault('rounds to less than two levels');
  if (low.length !== high.length || low.some((limit, index) => limit >= (high[index] ?? -Infinity))) {
    throw operation.fault('has a range that is empty');
  }

  const sameRange = low.join() === outLow.join() && high.join() === outHigh.join();
  const [lowest, highest] = [low[0] ?? 0, high[0] ?? 0];
  const scale = Math.fround((highest - lowest) / UINT8_MAX);
  const zero = -lowest / scale;
  const isStep = Math.abs(zero - Math.round(zero)) < ZERO_TOLERANCE && zero > -0.5 && zero < UINT8_MAX + 0.5;
  if (levels !== UINT8_MAX + 1 || low.length !== 1 || !sameRange || !isStep)
    return byFormula(operation, levels);

  const step = editor.floats(scale);
  const zeroPoint = editor.weights('uint8', [], Uint8Array.of(Math.round(zero)));
  const quantized = editor.add('QuantizeLinear', [operation.input(0).name(), step, zeroPoint]);
  return operation.result('DequantizeLinear', [quantized, step, zeroPoint], {}, { scales: [scale] });
}

/** round((x - low) / (high - low) * (levels - 1)) / (levels - 1) * (outHigh - outLow) + outLow, x limited to low..high. */
function byFormula(operation: Operation, levels: number): Value {
  const { editor } = operation;
  const [x = '', low = '', high = '', outLow = '', outHigh = ''] = operation.inputs.map((input) =>
    input.name(),
  );
  const steps = editor.floats(levels - 1);
  const limited = editor.add('Min', [editor.add('Max', [x, low]), high]);
  const part = editor.add('Div', [editor.add('Sub', [limited, low]), editor.add('Sub', [high, low])]);
  const rounded = editor.add('Round', [editor.add('Mul', [part, steps])]);
  const range = editor.add('Sub', [outHigh, outLow]);
  const scaled = editor.add('Mul', [editor.add('Div', [rounded, steps]), range]);
  return operation.result('Add', [scaled, outLow]);
}

/**
 * 8-bit constants times their scale, the form in which an IR holds quantized weights: they stay 8-bit.
 * @returns nothing when the operation multiplies something else
 */
export function dequantizedWeights(operation: Operation): Value | undefined {
  const [weights, factor] = operation.inputs;
  const is8Bit = weights?.constant?.type === 'i8' || weights?.constant?.type === 'u8';
  if (!weights?.constant || !is8Bit || weights.type !== 'float') return undefined;
  if (!factor?.constant || factor.type !== 'float') return undefined;
  const scales = numbersOf(factor.constant);
  const perFilter = factor.dims.length === weights.dims.length && factor.dims[0] === scales.length;
  if (scales.length !== 1 && !perFilter) return undefined;

  const { editor } = operation;
  const type = weights.constant.type === 'i8' ? 'int8' : 'uint8';
  const stored = editor.weights(type, weights.constant.dims, weights.constant.bytes);
  const [inputs, attributes] =
    scales.length === 1
      ? [[stored, editor.floats(scales[0] ?? 1)], {}]
      : [[stored, editor.floats(scales)], { axis: 0 }];
  return operation.result('DequantizeLinear', inputs, attributes, { type: 'float', scales });
}
