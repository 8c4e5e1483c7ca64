import { decode } from '../../../src/imaging/codec/decode.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { CodedError } from '../../../src/errors.js';
import type { Picture } from '../../../src/imaging/picture.js';

export const LIMITS = { maxPixels: 50_000_000 };

/** Reads a file as the service does: its header first, then its pixels, at full size. */
export async function read(bytes: Uint8Array, limits = LIMITS): Promise<Picture> {
  return decode(bytes, await readHeader(bytes, limits));
}

/** What a promise is rejected with, when that is an error for a client. */
export async function refusal(promise: Promise<unknown>): Promise<CodedError> {
  const error: unknown = await promise.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof CodedError) return error;
  throw error;
}

/** One or more whole sentences on one line. */
export const SENTENCES = /^[A-Z][^\n]*\.$/;
