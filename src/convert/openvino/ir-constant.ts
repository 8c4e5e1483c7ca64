import { ConversionError } from '../conversion-error.js';
import { Attributes } from './attributes.js';
import { bytesOf, type IrType } from './element-type.js';
import { describe, type Layer } from './layer.js';

/** Values that lie in the .bin. */
export interface IrConstant {
  readonly type: IrType;
  readonly dims: readonly number[];
  /** Little-endian, a view into the .bin. */
  readonly bytes: Uint8Array;
}

/**
 * Finds a constant's values.
 * @throws ConversionError when they lie outside of the .bin, or are not as many as the shape says
 */
export function constantOf(layer: Layer, bin: Uint8Array): IrConstant {
  const attributes = new Attributes(layer);
  const type = attributes.elementType('element_type');
  const dims = attributes.sizes('shape');
  const offset = attributes.size('offset');
  const size = attributes.size('size');

  const expected = dims.reduce((product, dim) => product * dim, bytesOf(type));
  if (size !== expected) {
    throw new ConversionError(
      `The constant of ${describe(layer)} is said to have ${size} bytes, but ${type} of shape [${dims.join(', ')}] makes ${expected}`,
    );
  }
  if (offset + size > bin.length) {
    throw new ConversionError(
      `The constant of ${describe(layer)} lies at bytes ${offset} to ${offset + size} of the .bin, which has ${bin.length}: the two files do not belong together, or the .bin is cut off`,
    );
  }
  return { type, dims, bytes: bin.subarray(offset, offset + size) };
}

/** The values of a constant as numbers, in their order in the .bin. */
export function numbersOf({ type, bytes }: IrConstant): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = READERS[type];
  const step = bytesOf(type);
  return Array.from({ length: bytes.length / step }, (_, index) => read(view, index * step));
}

const READERS: Record<IrType, (view: DataView, offset: number) => number> = {
  f32: (view, offset) => view.getFloat32(offset, true),
  f16: (view, offset) => halfToNumber(view.getUint16(offset, true)),
  i64: (view, offset) => Number(view.getBigInt64(offset, true)),
  u64: (view, offset) => Number(view.getBigUint64(offset, true)),
  i32: (view, offset) => view.getInt32(offset, true),
  i8: (view, offset) => view.getInt8(offset),
  u8: (view, offset) => view.getUint8(offset),
  boolean: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1),
};

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
