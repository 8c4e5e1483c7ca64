import type { Operation } from '../operation.js';
import { reshaped, type Value } from '../value.js';
import { quantizedBias } from './quantized-bias.js';

/** Filters are outputs x inputs x kernel, as in ONNX. */
export function convolution(operation: Operation): Value {
  return convolve(operation, operation.input(1), 1);
}

/** Filters are groups x outputs of a group x inputs of a group x kernel; ONNX joins the first two. */
export function groupConvolution(operation: Operation): Value {
  const filters = operation.input(1);
  const [groups, outputs, inputs, ...kernel] = filters.dims;
  if (groups === undefined || outputs === undefined || inputs === undefined) {
    throw operation.fault('has filters of less than three dimensions');
  }
  return convolve(
    operation,
    reshaped(operation.editor, filters, [groups * outputs, inputs, ...kernel]),
    groups,
  );
}

function convolve(operation: Operation, filters: Value, group: number): Value {
  const { attributes, editor, bias } = operation;
  const input = operation.input(0);
  const [channels = 0, , ...kernel] = filters.dims;
  const inputs = [input.name(), filters.name()];
  if (bias) {
    const perChannel = reshaped(editor, bias, [channels]);
    inputs.push(quantizedBias(editor, perChannel, input.scales, filters.scales) ?? perChannel.name());
  }
  const ones = kernel.map(() => 1);
  return operation.result('Conv', inputs, {
    kernel_shape: kernel,
    strides: attributes.sizes('strides', ones),
    dilations: attributes.sizes('dilations', ones),
    ...(group > 1 && { group }),
    ...padding(operation),
  });
}

/** How a convolution or pooling pads: by numbers, or so that the output has the input's size over the stride. */
export function padding({ attributes }: Operation): { auto_pad: string } | { pads: number[] } {
  const auto = attributes.word(
    'auto_pad',
    ['explicit', 'notset', 'same_upper', 'same_lower', 'valid'],
    'explicit',
  );
  if (auto === 'explicit' || auto === 'notset') {
    return { pads: [...attributes.sizes('pads_begin'), ...attributes.sizes('pads_end')] };
  }
  return { auto_pad: auto.toUpperCase() };
}
