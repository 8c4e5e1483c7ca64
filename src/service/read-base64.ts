import { setImmediate as nextTurn } from 'node:timers/promises';
import { CodedError } from '../errors.js';

/** Both alphabets are read, the usual and the one for addresses, with line breaks and with or without padding. */
const NOT_A_DIGIT = /[^A-Za-z0-9+/_\s-]/;
const NOT_AN_END = /[^=\s]/;
/** Characters that are decoded in one go of the main thread, a few milliseconds of it; a multiple of four. */
const SLICE = 1_000_000;

/**
 * An image file that came in base64, with or without a `data:` prefix. It is decoded slice by slice, so that others
 * get their turn.
 * @throws CodedError BAD_USER_INPUT where there is anything else in it
 */
export async function readBase64(text: string): Promise<Buffer> {
  const start = /^data:[^,]{0,200},/.test(text) ? text.indexOf(',') + 1 : 0;
  const parts: Buffer[] = [];
  let rest = '';
  let end = -1;
  for (let at = start; at < text.length; at += SLICE) {
    if (at > start) await nextTurn();
    const slice = text.slice(at, at + SLICE);
    const position = at - start;
    const from = end < 0 ? slice.search(NOT_A_DIGIT) : 0;
    if (from >= 0) {
      if (end < 0) end = position + from;
      if (NOT_AN_END.test(slice.slice(from))) throw notBase64(end);
    }
    const digits = rest + (from >= 0 ? slice.slice(0, from) : slice).replace(/\s+/g, '');
    // Four digits are three bytes; what is over waits for the next slice.
    const whole = digits.length - (digits.length % 4);
    parts.push(Buffer.from(digits.slice(0, whole), 'base64'));
    rest = digits.slice(whole);
  }
  return Buffer.concat([...parts, Buffer.from(rest, 'base64')]);
}

function notBase64(position: number): CodedError {
  return new CodedError(
    'BAD_USER_INPUT',
    `Expected an image in base64, but the character at position ${position} is not base64.`,
  );
}
