import { ConversionError } from '../conversion-error.js';
import type { AttributeValue, GraphEditor } from '../onnx/graph-editor.js';
import { Attributes } from './attributes.js';
import { numbersOf } from './ir-constant.js';
import { describe, type Layer } from './layer.js';
import type { Scales, Value } from './value.js';

/** What an operator's translation has to work with. */
export interface OperationContext {
  readonly layer: Layer;
  readonly inputs: readonly Value[];
  /** See `fuseBias`. */
  readonly bias: Value | undefined;
  /** The name that the result is to have in the graph. */
  readonly output: string;
  readonly editor: GraphEditor;
  /** Whether heights and widths in the IR's shapes are examples only. */
  readonly dynamicSpatial: boolean;
}

/** One layer while it is translated. */
export class Operation {
  readonly attributes: Attributes;
  readonly editor: GraphEditor;
  readonly bias: Value | undefined;
  readonly inputs: readonly Value[];
  readonly dynamicSpatial: boolean;
  readonly #layer: Layer;
  readonly #output: string;

  constructor({ layer, inputs, bias, output, editor, dynamicSpatial }: OperationContext) {
    this.attributes = new Attributes(layer);
    this.editor = editor;
    this.bias = bias;
    this.inputs = inputs;
    this.dynamicSpatial = dynamicSpatial;
    this.#layer = layer;
    this.#output = output;
  }

  input(index: number): Value {
    const value = this.inputs[index];
    if (!value) throw this.fault(`lacks its input ${index}`);
    return value;
  }

  /** The numbers of an input that has to be known when the graph is made. */
  numbers(index: number, meaning: string): number[] {
    const { constant } = this.input(index);
    if (!constant) throw this.fault(`computes its ${meaning}, and only constant ones are supported`);
    return numbersOf(constant);
  }

  /** The last node of the translation: its output is the layer's result. */
  result(
    op: string,
    inputs: string[],
    attributes: Record<string, AttributeValue> = {},
    { type = this.input(0).type, scales }: { type?: Value['type']; scales?: Scales } = {},
  ): Value {
    const name = this.editor.add(op, inputs, attributes, this.#output);
    return { ...this.#shape(), type, ...(scales && { scales }), name: () => name };
  }

  /** The result is an input under another name. */
  same(value: Value): Value {
    return { ...value, ...this.#shape() };
  }

  fault(message: string): ConversionError {
    return new ConversionError(`The ${describe(this.#layer)} ${message}`);
  }

  #shape(): { dims: readonly number[] } {
    return { dims: this.#layer.outputs[0]?.dims ?? [] };
  }
}
