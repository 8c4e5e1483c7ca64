import type { Operation } from '../operation.js';
import type { Value } from '../value.js';

/** Far behind any end, and still exact as a number. */
const BEYOND = Number.MAX_SAFE_INTEGER;

/**
 * StridedSlice without masks that change the rank. Entry i of begin, end and step is about axis i; a 1 in a
 * mask says that the slice begins, or ends, where the axis does.
 */
export function stridedSlice(operation: Operation): Value {
  const { attributes, editor } = operation;
  for (const mask of ['new_axis_mask', 'shrink_axis_mask', 'ellipsis_mask']) {
    if (attributes.sizes(mask, []).includes(1)) throw operation.fault(`uses ${mask}, which is not supported`);
  }
  const [axisCount = 0] = operation.input(1).dims;
  const axes = Array.from({ length: axisCount }, (_, axis) => axis);
  const steps = operation.inputs.length > 3 ? operation.numbers(3, 'steps') : axes.map(() => 1);
  const begin = masked(operation, 1, 'begin_mask', (axis) => ((steps[axis] ?? 1) > 0 ? 0 : BEYOND));
  const end = masked(operation, 2, 'end_mask', (axis) => ((steps[axis] ?? 1) > 0 ? BEYOND : -BEYOND));
  return operation.result('Slice', [
    operation.input(0).name(),
    begin,
    end,
    editor.ints(axes),
    editor.ints(steps),
  ]);
}

function masked(operation: Operation, index: number, mask: string, open: (axis: number) => number): string {
  const isOpen = operation.attributes.sizes(mask, []).map((bit) => bit === 1);
  const { constant, type, name } = operation.input(index);
  if (!isOpen.includes(true) && type === 'int64') return name();
  if (!constant) throw operation.fault(`computes limits that its ${mask} overrides, which is not supported`);
  const limits = operation.numbers(index, 'limits');
  return operation.editor.ints(limits.map((limit, axis) => (isOpen[axis] ? open(axis) : limit)));
}
