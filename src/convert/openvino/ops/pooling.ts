import type { Operation } from '../operation.js';
import type { Value } from '../value.js';
import { padding } from './convolution.js';

export function maxPool(operation: Operation): Value {
  return operation.result('MaxPool', [operation.input(0).name()], window(operation));
}

export function avgPool(operation: Operation): Value {
  const countsPadding = !operation.attributes.flag('exclude-pad', true);
  const attributes = window(operation);
  // What a window that hangs over the edge is divided by is not the same in the two formats.
  if (countsPadding && attributes.ceil_mode === 1 && !fits(operation)) {
    throw operation.fault('averages over windows that hang over the edge, which is not supported');
  }
  return operation.result('AveragePool', [operation.input(0).name()], {
    ...attributes,
    count_include_pad: countsPadding ? 1 : 0,
  });
}

function window(operation: Operation) {
  const { attributes } = operation;
  const ceil = attributes.word('rounding_type', ['floor', 'ceil'], 'floor') === 'ceil';
  return {
    kernel_shape: attributes.sizes('kernel'),
    strides: attributes.sizes('strides'),
    ceil_mode: ceil ? 1 : 0,
    ...padding(operation),
  };
}

/** Whether the windows cover the padded input exactly. */
function fits(operation: Operation): boolean {
  const { attributes } = operation;
  if (operation.dynamicSpatial) return false;
  const [begin, end] = [attributes.sizes('pads_begin'), attributes.sizes('pads_end')];
  const [kernel, strides] = [attributes.sizes('kernel'), attributes.sizes('strides')];
  const sizes = operation.input(0).dims.slice(-kernel.length);
  return sizes.every((size, axis) => {
    const rest = size + (begin[axis] ?? 0) + (end[axis] ?? 0) - (kernel[axis] ?? 0);
    return size > 0 && rest % (strides[axis] ?? 1) === 0;
  });
}
