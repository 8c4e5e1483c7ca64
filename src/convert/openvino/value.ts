import type { GraphEditor } from '../onnx/graph-editor.js';
import { ELEMENT, type ElementType } from '../onnx/messages.js';
import { computedAs, storedAs } from './element-type.js';
import type { IrConstant } from './ir-constant.js';

/** That a value holds multiples of a scale: one for the whole, or one per entry of the first axis. */
export type Scales = readonly number[];

/** A value of the network on its way into the ONNX graph. */
export interface Value {
  /** As the IR states them; -1 is open. */
  readonly dims: readonly number[];
  /** What operators see in the ONNX graph. */
  readonly type: ElementType;
  /** Its content, where that is known now. */
  readonly constant?: IrConstant;
  readonly scales?: Scales;
  /** Its name in the graph. A constant gets there when it is first asked for: many are only read here. */
  readonly name: () => string;
}

/** @param type what operators are to see, if a Convert makes it another than its own */
export function constantValue(
  editor: GraphEditor,
  constant: IrConstant,
  type: ElementType = computedAs(constant.type),
): Value {
  let name: string | undefined;
  const add = (): string => {
    const stored = editor.weights(storedAs(constant.type), constant.dims, constant.bytes);
    return storedAs(constant.type) === type ? stored : editor.add('Cast', [stored], { to: ELEMENT[type] });
  };
  return { dims: constant.dims, type, constant, name: () => (name ??= add()) };
}

/** The same values in another shape of as many elements. */
export function reshaped(editor: GraphEditor, value: Value, dims: readonly number[]): Value {
  const { constant, type } = value;
  if (constant) return constantValue(editor, { ...constant, dims }, type);
  const name = editor.add('Reshape', [value.name(), editor.ints(dims)]);
  return { dims, type, name: () => name };
}
