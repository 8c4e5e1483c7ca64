import type { Operation } from '../operation.js';
import type { Value } from '../value.js';
import { dequantizedWeights } from './quantize.js';

export const add = binary('Add');
export const subtract = binary('Sub');
// Whole numbers are sizes here, never negative: rounding down and rounding towards zero are the same.
export const division = binary('Div');

export function multiply(operation: Operation): Value {
  return dequantizedWeights(operation) ?? binary('Mul')(operation);
}

export const relu = unary('Relu');
export const sigmoid = unary('Sigmoid');
export const hardSwish = unary('HardSwish');

export function clamp(operation: Operation): Value {
  const { attributes, editor } = operation;
  const input = operation.input(0);
  if (input.type !== 'float') throw operation.fault('limits whole numbers, which is not supported');
  const limits = [attributes.number('min'), attributes.number('max')].map((limit) => editor.floats(limit));
  return operation.result('Clip', [input.name(), ...limits]);
}

export function softmax(operation: Operation): Value {
  const axis = operation.attributes.whole('axis', 1);
  return operation.result('Softmax', [operation.input(0).name()], { axis });
}

function binary(op: string): (operation: Operation) => Value {
  return (operation) => {
    operation.attributes.word('auto_broadcast', ['numpy', 'none'], 'numpy');
    return operation.result(op, [operation.input(0).name(), operation.input(1).name()]);
  };
}

function unary(op: string): (operation: Operation) => Value {
  return (operation) => operation.result(op, [operation.input(0).name()]);
}
