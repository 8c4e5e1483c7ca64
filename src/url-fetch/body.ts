import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { CodedError } from '../errors.js';
import { bytesInWords } from '../size-words.js';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Reads a response's body into memory, and no byte past the limit.
 *
 * @param encoding the content-encoding header: servers send it even where only `identity` was asked for
 * @param maxBytes counted after decoding
 * @throws CodedError IMAGE_TOO_LARGE past `maxBytes`, IMAGE_FETCH_FAILED for an encoding that is not known
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Uint8Array> {
  const decoded = decode(body, encoding.trim().toLowerCase());
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving this loop by a throw destroys the streams, and with them the connection.
  for await (const chunk of decoded as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function decode(body: Readable, encoding: string): Readable {
  if (encoding === '' || encoding === 'identity') return body;
  const decoder = DECODERS[encoding]?.();
  if (decoder === undefined) {
    body.on('error', () => undefined).destroy();
    throw new CodedError(
      'IMAGE_FETCH_FAILED',
      'The server sent the image in a content encoding that is not known. Expected none, gzip, deflate or br.',
    );
  }
  // The reader of the last stream hears of every error: pipeline hands them on.
  return pipeline(body, decoder, () => undefined);
}

/** @param maxBytes the limit that was passed */
export function tooLarge(maxBytes: number): CodedError {
  return new CodedError(
    'IMAGE_TOO_LARGE',
    `The image behind the address is larger than ${bytesInWords(maxBytes, Math.floor)}, the most that is accepted. Give a smaller one.`,
    { facts: { maxBytes } },
  );
}
