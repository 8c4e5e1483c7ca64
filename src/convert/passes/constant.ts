import { ELEMENT, type TensorProto } from '../onnx/messages.js';

/** A constant's values as numbers; those of int64 are sizes and axes here, well within what a number holds. */
export interface Constant {
  readonly dims: readonly number[];
  readonly values: Float32Array | readonly number[];
}

/**
 * Reads a constant of floats, halves or whole numbers.
 * @returns undefined for other types, and for values that lie outside of the file
 */
export function readConstant(tensor: TensorProto): Constant | undefined {
  const dims = tensor.dims.map(Number);
  const count = dims.reduce((product, size) => product * size, 1);
  const values = valuesOf(tensor);
  return values?.length === count ? { dims, values } : undefined;
}

function valuesOf(tensor: TensorProto): Float32Array | readonly number[] | undefined {
  const { data_type: type, raw_data: raw } = tensor;
  // A decoded message has its empty default where the field is absent.
  const bytes = raw !== undefined && raw.length > 0 ? aligned(raw) : undefined;
  switch (type) {
    case ELEMENT.float:
      return bytes ? new Float32Array(bytes) : Float32Array.from(tensor.float_data ?? []);
    case ELEMENT.float16:
      // Their bit patterns, where they are listed.
      return Float32Array.from(bytes ? new Uint16Array(bytes) : (tensor.int32_data ?? []), halfToNumber);
    case ELEMENT.int64:
      return bytes ? Array.from(new BigInt64Array(bytes), Number) : (tensor.int64_data ?? []).map(Number);
    case ELEMENT.int32:
      return Array.from(bytes ? new Int32Array(bytes) : (tensor.int32_data ?? []));
    default:
      return undefined;
  }
}

/** A typed array of several bytes an element cannot begin anywhere. */
function aligned(raw: Uint8Array): ArrayBuffer {
  return new Uint8Array(raw).buffer;
}

const FRACTION_BITS = 10;
const MAX_EXPONENT = 31;

/** The value of an IEEE 754 half by its bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> FRACTION_BITS) & MAX_EXPONENT;
  const fraction = bits & 0x3ff;
  if (exponent === MAX_EXPONENT) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
