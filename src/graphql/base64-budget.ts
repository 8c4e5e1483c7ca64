import type { GraphQLResolveInfo } from 'graphql';
import { CodedError } from '../errors.js';
import { MAX_BASE64_BYTES } from '../service/base64.js';
import { bytesInWords } from '../size-words.js';

/** Bytes of images that an execution has taken so far. Its variables are an object of its own, made anew for each. */
const taken = new WeakMap<object, number>();

/**
 * Counts an image into its answer. An answer is one text: all its images together may have as many bytes as the
 * largest one alone. Each event of a subscription is an answer of its own.
 * @throws CodedError IMAGE_TOO_LARGE
 */
export function takeBase64({ variableValues }: GraphQLResolveInfo, bytes: number): void {
  const sum = (taken.get(variableValues) ?? 0) + bytes;
  if (sum > MAX_BASE64_BYTES) {
    throw new CodedError(
      'IMAGE_TOO_LARGE',
      `The images of this answer have ${bytesInWords(sum, Math.ceil)} and more together, and at most ${bytesInWords(MAX_BASE64_BYTES)} are sent as base64. Select their url instead.`,
      { facts: { maxBytes: MAX_BASE64_BYTES } },
    );
  }
  taken.set(variableValues, sum);
}
