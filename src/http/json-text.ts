import { isAscii } from 'node:buffer';
import { bytesInWords } from '../size-words.js';

/**
 * How many bytes a JSON text may have beside its images. Parsing it, and everything after that, takes the main thread
 * in proportion to its items; one image is one item.
 */
export const MAX_JSON_TEXT_BYTES = 256_000;
/** A string this long is taken for an image, if it is ASCII, as base64 is. */
const SHORTEST_IMAGE = 1024;
/**
 * Some encoders write `\/` for every slash, and `\r\n` behind each line of base64: 28 MB of it have about a million
 * escapes. Parsing takes longer with each.
 */
const MAX_ESCAPES = 1_500_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** A JSON text that would take too long to parse. */
export class JsonTooLarge extends Error {
  override readonly name = 'JsonTooLarge';
  /** Of HTTP. */
  readonly status = 413;
  readonly type = 'json.too.large';

  constructor() {
    super(
      `beside its images, a JSON text may have at most ${bytesInWords(MAX_JSON_TEXT_BYTES, Math.floor)}, and it has more. Send shorter lists, and images as base64 strings or by a multipart request.`,
    );
  }
}

/** Where an image is in a text, in bytes, the quotes not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Whether there are escapes in it, so that it is more than its bytes. */
  readonly hasEscapes: boolean;
}

/**
 * Looks over a JSON text before it is parsed, from quote to quote: everything that is no image counts. The text need
 * not be well formed. 28 MB are looked over in a few milliseconds.
 * @param json UTF-8
 * @returns where the images are that are a whole string
 * @throws JsonTooLarge
 */
export function imagesIn(json: Buffer): Span[] {
  const images: Span[] = [];
  let counted = 0;
  let escaped = 0;
  let inString = false;
  let isWhole = false;
  for (let start = 0; start < json.length;) {
    const quote = json.indexOf(QUOTE, start);
    const end = quote < 0 ? json.length : quote;
    const piece = json.subarray(start, end);
    const isEscaped = inString && endsEscaped(piece);
    const escapes = inString ? escapesInImage(piece, MAX_ESCAPES - escaped) : undefined;
    if (escapes === undefined) {
      counted += piece.length + 1;
      if (counted > MAX_JSON_TEXT_BYTES) throw new JsonTooLarge();
    } else {
      escaped += escapes;
      if (isWhole && !isEscaped && quote >= 0) images.push({ start, end, hasEscapes: escapes > 0 });
    }
    // An escaped quote is a part of its string: a query with an image in it has some.
    isWhole = !isEscaped;
    if (!isEscaped) inString = !inString;
    start = end + 1;
  }
  return images;
}

/** How many escapes a string has that may be an image; undefined for one that is none. */
function escapesInImage(piece: Buffer, max: number): number | undefined {
  if (piece.length < SHORTEST_IMAGE || !isAscii(piece)) return undefined;
  let escapes = 0;
  for (let at = piece.indexOf(BACKSLASH); at >= 0; at = piece.indexOf(BACKSLASH, at + 1)) {
    escapes += 1;
    if (escapes > max) return undefined;
  }
  return escapes;
}

/** Whether what follows the piece is escaped: an odd number of backslashes is at its end. */
function endsEscaped(piece: Buffer): boolean {
  let backslashes = 0;
  while (piece[piece.length - 1 - backslashes] === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}
