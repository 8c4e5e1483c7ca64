import { bakeInput } from './bake/input.js';
import { bakeOutput } from './bake/output.js';
import { RAW } from './bake/names.js';
import type { BakeSpec } from './bake/spec.js';
import { ConversionError } from './conversion-error.js';
import { decodeModel, encodeModel, opsetOf } from './onnx/model.js';
import { checkOperators } from './onnx/operators.js';
import { applyPasses } from './passes.js';

/** Part of a prepared file's name: raise it whenever the same source would be baked into something else. */
export const BAKE_VERSION = 3;

/** The operators that are added mean the same in all of these versions. */
const OPSETS = { oldest: 11, newest: 17 };

/**
 * Makes the graph that the service runs out of a plain network: uint8 pixels in, the task's own results out.
 * @param bytes an ONNX file
 * @returns an ONNX file
 * @throws ConversionError when the file is no ONNX model, or not the network that the spec describes
 */
export function bake(bytes: Uint8Array, spec: BakeSpec): Uint8Array {
  const model = decodeModel(bytes);
  const opset = opsetOf(model);
  if (opset < OPSETS.oldest || opset > OPSETS.newest) {
    throw new ConversionError(
      `Expected an ONNX model with operator version ${OPSETS.oldest} to ${OPSETS.newest}, and this one has ${opset}; convert it to one of these first`,
    );
  }
  checkOperators(model);
  bakeInput(model, spec.input);
  bakeOutput(model, spec);
  applyPasses(model, Object.values(RAW));
  model.producer_name = 'okulo';
  return encodeModel(model);
}
