import type { ElementType } from '../onnx/messages.js';

/** The element types of an IR that are read: their size in the .bin, and what stands for them in ONNX. */
const TYPES = {
  f32: { bytes: 4, stored: 'float', computed: 'float' },
  // The CPU runtime convolves in single precision only: halves are stored as they are and computed as floats.
  f16: { bytes: 2, stored: 'float16', computed: 'float' },
  i64: { bytes: 8, stored: 'int64', computed: 'int64' },
  // Older exports write axes as u64; ONNX wants axes and sizes signed.
  u64: { bytes: 8, stored: 'int64', computed: 'int64' },
  i32: { bytes: 4, stored: 'int32', computed: 'int32' },
  i8: { bytes: 1, stored: 'int8', computed: 'int8' },
  u8: { bytes: 1, stored: 'uint8', computed: 'uint8' },
  boolean: { bytes: 1, stored: 'bool', computed: 'bool' },
} as const satisfies Record<string, { bytes: number; stored: ElementType; computed: ElementType }>;

export type IrType = keyof typeof TYPES;

export const IR_TYPES: readonly string[] = Object.keys(TYPES);

export function isIrType(name: string): name is IrType {
  return Object.hasOwn(TYPES, name);
}

/** Bytes of one element in the .bin. */
export function bytesOf(type: IrType): number {
  return TYPES[type].bytes;
}

/** The ONNX type whose little-endian form is the same as in the .bin. */
export function storedAs(type: IrType): ElementType {
  return TYPES[type].stored;
}

/** The ONNX type that operators see. */
export function computedAs(type: IrType): ElementType {
  return TYPES[type].computed;
}
