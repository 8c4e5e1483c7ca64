/**
 * Moving bytes between threads instead of copying them. A buffer can move only when nothing else lives in it,
 * and never when native code made it.
 */

/** Copies every byte array in a value into a buffer of its own, here rather than on the receiving thread. */
export function withOwnBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(withOwnBuffers);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withOwnBuffers(member)]));
}

/** Every buffer in a value, for a transfer list. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  if (value instanceof Uint8Array) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (Array.isArray(value)) return value.flatMap(buffersOf);
  return isPlain(value) ? Object.values(value).flatMap(buffersOf) : [];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * The buffer of a byte array that has it to itself; small arrays share one, and are cheap to copy.
 * @param bytes made by JavaScript or Node: what an addon allocated may refuse to move
 */
export function movableBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
