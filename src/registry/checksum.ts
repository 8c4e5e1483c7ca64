import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/**
 * Ends an ONNX file with a checksum of itself, as one of its `metadata_props`: the parts of a protobuf message
 * may come one after the other, so this is an ONNX file still. It is there against accidents: a full disk, a
 * power cut, a bad copy.
 */
export function withChecksum(onnx: Uint8Array): Uint8Array {
  return Buffer.concat([onnx, checksumOf(onnx)]);
}

/** Whether a file is there, and is what `withChecksum` made of it. */
export async function hasValidChecksum(path: string): Promise<boolean> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    return false;
  }
  const end = bytes.length - CHECKSUM_BYTES;
  return end > 0 && bytes.subarray(end).equals(checksumOf(bytes.subarray(0, end)));
}

/** ModelProto.metadata_props is field 14, a message of two texts, its fields 1 and 2. */
function checksumOf(bytes: Uint8Array): Buffer {
  const sum = crc32(bytes).toString(16).padStart(8, '0');
  return textual(14, Buffer.concat([textual(1, Buffer.from('okulo.crc32')), textual(2, Buffer.from(sum))]));
}

const CHECKSUM_BYTES = checksumOf(Buffer.alloc(0)).length;

/** A protobuf field of less than 128 bytes: number and wire type 2, length, content. */
function textual(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of((field << 3) | 2, content.length), content]);
}
