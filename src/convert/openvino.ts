import { GraphEditor } from './onnx/graph-editor.js';
import { encodeModel, modelOf } from './onnx/model.js';
import { fuseBias } from './openvino/fuse-bias.js';
import { GraphTranslation } from './openvino/graph.js';
import { readDocument } from './openvino/ir-document.js';

/** Part of a prepared file's name: raise it whenever the same IR would be converted into something else. */
export const OPENVINO_CONVERTER_VERSION = 1;

export interface OpenVinoOptions {
  /**
   * Leaves height and width of the inputs open: the sizes in the IR are those of an example. Only networks
   * that compute all their shapes from their inputs can be run at other sizes then.
   */
  readonly dynamicSpatial?: boolean;
}

/**
 * Converts a network in OpenVINO's intermediate representation, version 10 or 11, to ONNX.
 *
 * The inputs have the names of the IR's Parameter layers, the outputs the names of the layers that are
 * connected to its Result layers; shapes, layouts and value ranges are those of the IR. Halves (f16) stay
 * halves in the file, and are computed as floats; 8-bit weights stay 8-bit.
 * @param xml the .xml, the layers and their connections
 * @param bin the .bin, the constants
 * @returns an ONNX file
 * @throws ConversionError when the two are not a whole IR, or have an operator that is not known here
 */
export function convertOpenVino(
  xml: Uint8Array,
  bin: Uint8Array,
  { dynamicSpatial = false }: OpenVinoOptions = {},
): Uint8Array {
  const document = readDocument(xml);
  const editor = new GraphEditor('openvino');
  const { inputs, outputs } = new GraphTranslation(fuseBias(document.layers), bin, editor, {
    dynamicSpatial,
  });
  return encodeModel(modelOf(document.name, editor, inputs, outputs));
}
