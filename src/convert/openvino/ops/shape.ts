import { ELEMENT } from '../../onnx/messages.js';
import { computedAs } from '../element-type.js';
import type { Operation } from '../operation.js';
import { constantValue, type Value } from '../value.js';

/*
 * Shapes are computed in the graph from the shapes of the values at run time, as in the IR. Where the sizes
 * of the inputs are fixed, the runtime computes them once, when it loads the graph.
 */

export function shapeOf(operation: Operation): Value {
  const { attributes, editor } = operation;
  const input = operation.input(0).name();
  if (attributes.word('output_type', ['i64', 'i32'], 'i64') === 'i64') {
    return operation.result('Shape', [input], {}, { type: 'int64' });
  }
  const shape = editor.add('Shape', [input]);
  return operation.result('Cast', [shape], { to: ELEMENT.int32 }, { type: 'int32' });
}

export function reshape(operation: Operation): Value {
  const target = operation.input(1);
  // Without it a zero in the target copies the input's size, which is what special_zero asks for.
  const takesZeros = !operation.attributes.flag('special_zero', false) && hasZeros(operation);
  return operation.result(
    'Reshape',
    [operation.input(0).name(), wide(operation, target)],
    takesZeros ? { allowzero: 1 } : {},
  );
}

function hasZeros(operation: Operation): boolean {
  return !operation.input(1).constant || operation.numbers(1, 'target shape').includes(0);
}

export function transpose(operation: Operation): Value {
  const order = operation.numbers(1, 'order of axes');
  // An empty order turns the axes around, in both formats.
  return operation.result('Transpose', [operation.input(0).name()], order.length > 0 ? { perm: order } : {});
}

export function squeeze(operation: Operation): Value {
  const [value, axes] = operation.inputs;
  const inputs = [value?.name() ?? '', ...(axes ? [wide(operation, axes)] : [])];
  return operation.result('Squeeze', inputs);
}

export function unsqueeze(operation: Operation): Value {
  return operation.result('Unsqueeze', [operation.input(0).name(), wide(operation, operation.input(1))]);
}

export function concat(operation: Operation): Value {
  const names = operation.inputs.map((input) => input.name());
  return operation.result('Concat', names, { axis: operation.attributes.whole('axis') });
}

export function convert(operation: Operation): Value {
  const input = operation.input(0);
  const type = computedAs(operation.attributes.elementType('destination_type'));
  if (input.type === type) return operation.same(input);
  // Their numbers stay what they are, so that other operators can read them through the conversion.
  const widens = type === 'float' || (type === 'int64' && input.type !== 'float');
  if (input.constant && widens) return constantValue(operation.editor, input.constant, type);
  return operation.result('Cast', [input.name()], { to: ELEMENT[type] }, { type });
}

/** ONNX takes axes and sizes as int64 only; an IR may have them as i32. An axis list may be a scalar there. */
function wide({ editor }: Operation, value: Value): string {
  if (value.type === 'int64' && value.dims.length === 1) return value.name();
  const list =
    value.dims.length === 1 ? value.name() : editor.add('Reshape', [value.name(), editor.ints([-1])]);
  return value.type === 'int64' ? list : editor.add('Cast', [list], { to: ELEMENT.int64 });
}
