import type { Operation } from '../operation.js';
import type { Value } from '../value.js';
import { convolution, groupConvolution } from './convolution.js';
import * as elementwise from './elementwise.js';
import { interpolate } from './interpolate.js';
import { avgPool, maxPool } from './pooling.js';
import { fakeQuantize } from './quantize.js';
import * as shape from './shape.js';
import { stridedSlice } from './strided-slice.js';

/** How a type of layer is translated. */
export interface Operator {
  /** The operator sets whose definition of it is known. */
  readonly opsets: readonly string[];
  /** The least and the most inputs that it may have. */
  readonly inputs: readonly [number, number];
  readonly translate: (operation: Operation) => Value;
}

const operator = (
  translate: Operator['translate'],
  inputs: Operator['inputs'],
  ...opsets: string[]
): Operator => ({ opsets, inputs, translate });

export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['Convolution', operator(convolution, [2, 2], 'opset1')],
  ['GroupConvolution', operator(groupConvolution, [2, 2], 'opset1')],
  ['MaxPool', operator(maxPool, [1, 1], 'opset1')],
  ['AvgPool', operator(avgPool, [1, 1], 'opset1')],
  ['Add', operator(elementwise.add, [2, 2], 'opset1')],
  ['Subtract', operator(elementwise.subtract, [2, 2], 'opset1')],
  ['Multiply', operator(elementwise.multiply, [2, 2], 'opset1')],
  ['Divide', operator(elementwise.division, [2, 2], 'opset1')],
  ['ReLU', operator(elementwise.relu, [1, 1], 'opset1')],
  ['Sigmoid', operator(elementwise.sigmoid, [1, 1], 'opset1')],
  ['HSwish', operator(elementwise.hardSwish, [1, 1], 'opset4')],
  ['Clamp', operator(elementwise.clamp, [1, 1], 'opset1')],
  ['SoftMax', operator(elementwise.softmax, [1, 1], 'opset1', 'opset8')],
  ['Interpolate', operator(interpolate, [3, 4], 'opset4')],
  ['FakeQuantize', operator(fakeQuantize, [5, 5], 'opset1')],
  ['Convert', operator(shape.convert, [1, 1], 'opset1')],
  ['ShapeOf', operator(shape.shapeOf, [1, 1], 'opset1', 'opset3')],
  ['StridedSlice', operator(stridedSlice, [3, 4], 'opset1')],
  ['Reshape', operator(shape.reshape, [2, 2], 'opset1')],
  ['Transpose', operator(shape.transpose, [2, 2], 'opset1')],
  ['Squeeze', operator(shape.squeeze, [1, 2], 'opset1')],
  ['Unsqueeze', operator(shape.unsqueeze, [2, 2], 'opset1')],
  ['Concat', operator(shape.concat, [1, Infinity], 'opset1')],
]);
