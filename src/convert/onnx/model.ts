import protobuf from 'protobufjs';
import { ConversionError } from '../conversion-error.js';
import type { GraphEditor } from './graph-editor.js';
import { ModelMessage, type GraphProto, type ModelProto, type ValueInfoProto } from './messages.js';

/**
 * Reads an ONNX file.
 * @throws ConversionError when the bytes are not an ONNX model
 */
export function decodeModel(bytes: Uint8Array): ModelProto {
  let message: protobuf.Message | undefined;
  try {
    const reader = protobuf.Reader.create(bytes);
    // Weights may be kept in fields that are not named in messages.ts; without this they would be lost.
    reader.discardUnknown = false;
    message = ModelMessage.decode(reader);
  } catch (cause) {
    throw new ConversionError('The file is not an ONNX model: it cannot be read as one', { cause });
  }
  if (!isModel(message)) throw new ConversionError('The file is not an ONNX model: it holds no graph');
  return message;
}

/** Writes an ONNX file. */
export function encodeModel(model: ModelProto): Uint8Array {
  return ModelMessage.encode(model).finish();
}

/** The ONNX file format that goes with the operator version that the converters write. */
const IR_VERSION = 8;
/** Newest version whose operators `bake` adds to. */
export const OPSET = 17;

/** Makes a model of what an editor holds. */
export function modelOf(
  name: string,
  editor: GraphEditor,
  inputs: readonly ValueInfoProto[],
  outputs: readonly ValueInfoProto[],
): ModelProto {
  const graph: GraphProto = {
    name,
    node: [],
    initializer: [],
    input: [...inputs],
    output: [...outputs],
    value_info: [],
  };
  editor.appendTo(graph);
  return {
    ir_version: IR_VERSION,
    producer_name: 'okulo',
    opset_import: [{ domain: '', version: OPSET }],
    graph,
  };
}

/**
 * The version of the standard operators that a model uses.
 * @throws ConversionError when it names none
 */
export function opsetOf(model: ModelProto): number {
  const standard = model.opset_import.find(({ domain }) => !domain || domain === 'ai.onnx');
  if (!standard)
    throw new ConversionError('The ONNX model does not say which version of the operators it uses');
  return Number(standard.version);
}

/** The inputs that a caller has to feed: older files list their weights among the inputs too. */
export function feedsOf({ graph }: ModelProto): ValueInfoProto[] {
  const weights = new Set(graph.initializer.map(({ name }) => name));
  return graph.input.filter(({ name }) => !weights.has(name));
}

/** The sizes of a value, with null where the model leaves them open. */
export function shapeOf(value: ValueInfoProto): (number | null)[] {
  return (value.type.tensor_type.shape?.dim ?? []).map(({ dim_value: size }) =>
    size === undefined || Number(size) <= 0 ? null : Number(size),
  );
}

function isModel(message: unknown): message is ModelProto {
  if (typeof message !== 'object' || message === null || !('graph' in message)) return false;
  const { graph } = message;
  return (
    typeof graph === 'object' &&
    graph !== null &&
    'node' in graph &&
    Array.isArray(graph.node) &&
    graph.node.length > 0
  );
}
