/** An answer is one text, put together on the main thread: beyond this, addresses are the better way. */
export const MAX_BASE64_BYTES = 8_000_000;

/** Bytes as text, without a copy of them on the way. */
export function base64Of({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
