import { ConversionError } from '../conversion-error.js';
import { valueInfo, type GraphEditor } from '../onnx/graph-editor.js';
import type { ValueInfoProto } from '../onnx/messages.js';
import { Attributes } from './attributes.js';
import { computedAs } from './element-type.js';
import { constantOf } from './ir-constant.js';
import { describe, type Layer, type Source } from './layer.js';
import { uniqueNames } from './names.js';
import { openAxes, openedShape } from './open-shape.js';
import { Operation } from './operation.js';
import { OPERATORS, type Operator } from './ops/operators.js';
import { constantValue, type Value } from './value.js';

/** Translates layers into nodes, one after the other, each behind those that it takes its inputs from. */
export class GraphTranslation {
  readonly inputs: ValueInfoProto[] = [];
  readonly outputs: ValueInfoProto[] = [];
  readonly #values = new Map<string, Value>();
  readonly #names: ReadonlyMap<string, string>;
  /** Which dimensions are open although the IR gives them sizes. */
  readonly #openAxes: readonly number[];

  constructor(
    layers: readonly Layer[],
    private readonly bin: Uint8Array,
    private readonly editor: GraphEditor,
    private readonly options: { readonly dynamicSpatial: boolean },
  ) {
    this.#names = uniqueNames(layers);
    this.#openAxes = options.dynamicSpatial ? openAxes(layers) : [];
    for (const layer of layers) this.#visit(layer);
    if (this.outputs.length === 0) throw new ConversionError('The .xml has no layer of type Result');
  }

  #visit(layer: Layer): void {
    if (layer.type === 'Result') {
      this.#addOutput(layer);
      return;
    }
    const [output, ...more] = layer.outputs;
    if (!output || more.length > 0) {
      throw new ConversionError(
        `The ${describe(layer)} has ${layer.outputs.length} outputs, and only layers with one are supported`,
      );
    }
    this.#values.set(keyOf({ layer: layer.id, port: output.port }), this.#translate(layer));
  }

  #translate(layer: Layer): Value {
    if (layer.type === 'Parameter') return this.#addInput(layer);
    if (layer.type === 'Const') {
      const constant = constantOf(layer, this.bin);
      checkShape(layer, constant.dims);
      return constantValue(this.editor, constant);
    }
    const operator = operatorOf(layer);
    const operation = new Operation({
      layer,
      inputs: layer.inputs.map((source) => this.#valueOf(source)),
      bias: layer.bias && this.#valueOf(layer.bias),
      output: this.#nameOf(layer),
      editor: this.editor,
      dynamicSpatial: this.options.dynamicSpatial,
    });
    return operator.translate(operation);
  }

  #addInput(layer: Layer): Value {
    const attributes = new Attributes(layer);
    const name = this.#nameOf(layer);
    const dims = attributes.shape('shape');
    checkShape(layer, dims);
    const value: Value = { dims, type: computedAs(attributes.elementType('element_type')), name: () => name };
    this.inputs.push(this.#infoOf(name, value));
    return value;
  }

  /** An output has the name of the layer whose result it is: a Result's own name is nowhere else to be seen. */
  #addOutput(layer: Layer): void {
    const [source] = layer.inputs;
    if (!source) throw new ConversionError(`Nothing is connected to ${describe(layer)}`);
    const value = this.#valueOf(source);
    const name = this.#names.get(source.layer) ?? value.name();
    if (this.outputs.some((output) => output.name === name)) return;
    if (value.name() !== name) this.editor.add('Identity', [value.name()], {}, name);
    this.outputs.push(this.#infoOf(name, value));
  }

  #infoOf(name: string, { type, dims }: Value): ValueInfoProto {
    return valueInfo(name, type, openedShape(name, dims, this.#openAxes));
  }

  #nameOf(layer: Layer): string {
    return this.#names.get(layer.id) ?? layer.id;
  }

  #valueOf(source: Source): Value {
    const value = this.#values.get(keyOf(source));
    if (!value) throw new ConversionError(`Layer ${source.layer} is used before it is computed`);
    return value;
  }
}

function keyOf({ layer, port }: Source): string {
  return `${layer}:${port}`;
}

function operatorOf(layer: Layer): Operator {
  const operator = OPERATORS.get(layer.type);
  if (!operator?.opsets.includes(layer.opset)) {
    throw new ConversionError(
      `The ${describe(layer)} is of operator set ${layer.opset}, ${
        operator
          ? `and only ${operator.opsets.join(' and ')} of it can be converted`
          : 'and cannot be converted'
      }`,
    );
  }
  const [min, max] = operator.inputs;
  const count = layer.inputs.length;
  if (count < min || count > max) {
    throw new ConversionError(
      `The ${describe(layer)} has ${count} inputs, and ${min === max ? min : `${min} to ${max}`} are expected`,
    );
  }
  return operator;
}

/** A constant or parameter says twice what its shape is. */
function checkShape(layer: Layer, dims: readonly number[]): void {
  const stated = layer.outputs[0]?.dims ?? [];
  if (stated.join() === dims.join()) return;
  throw new ConversionError(
    `The ${describe(layer)} says that its shape is [${dims.join(', ')}], but its output port says [${stated.join(', ')}]`,
  );
}
