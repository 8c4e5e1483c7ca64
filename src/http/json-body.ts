import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import express, { Router, type RequestHandler } from 'express';
import { messageOf } from '../errors.js';
import { imagesIn, MAX_JSON_TEXT_BYTES, type Span } from './json-text.js';

/**
 * Reads a JSON body that may hold images in base64 into `request.body`.
 * @param uploadBytes the most that one image file may have
 */
export function readJson(uploadBytes: number): RequestHandler {
  const router = Router();
  router.use(
    express.raw({ type: 'application/json', limit: bodyLimit(uploadBytes) }),
    async (request, _response, next) => {
      const { body } = request as { body: unknown };
      if (Buffer.isBuffer(body)) {
        expectUtf8(request.headers['content-type']);
        request.body = body.length === 0 ? {} : await parseJson(body);
      }
      next();
    },
  );
  return router;
}

/**
 * Parses a JSON text in which there may be large images. They are taken over by themselves, one at a time: to decode
 * and parse 28 MB of base64 keeps the main thread for about 70 ms, to copy them for 5.
 * @param json UTF-8
 * @throws JsonTooLarge, UnreadableJson
 */
export async function parseJson(json: Buffer): Promise<unknown> {
  if (json.length <= MAX_JSON_TEXT_BYTES) return parsed(json.toString());
  const images = imagesIn(json);
  const texts: string[] = [];
  for (const image of images) {
    await nextTurn();
    texts.push(textOf(json, image));
  }
  // Nobody can guess it, and so name another's image.
  const mark = `image ${randomUUID()} `;
  const marked = images.flatMap(({ start }, index) => [
    json.subarray(images[index - 1]?.end ?? 0, start),
    Buffer.from(`${mark}${index}`),
  ]);
  const text = Buffer.concat([...marked, json.subarray(images.at(-1)?.end ?? 0)]).toString();
  // In a list, since it may be an image as a whole.
  const value = [parsed(text)];
  if (images.length > 0) {
    putBack(value, (word) =>
      word.startsWith(mark) ? (texts[Number(word.slice(mark.length))] ?? word) : word,
    );
  }
  return value[0];
}

/** A body that is no JSON, or not in UTF-8. */
export class UnreadableJson extends Error {
  override readonly name = 'UnreadableJson';

  /** @param status of HTTP */
  constructor(
    readonly status: 400 | 415,
    message: string,
  ) {
    super(message);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UnreadableJson(400, messageOf(error));
  }
}

/** What JSON has in strings as escapes only; other control characters are no base64 either way. */
const LINE_BREAKS_AND_TABS = [0x09, 0x0a, 0x0d];

/** An image is ASCII, of which every byte is a character. */
function textOf(json: Buffer, { start, end, hasEscapes }: Span): string {
  const text = json.toString('latin1', start, end);
  const isPlain =
    !hasEscapes && !LINE_BREAKS_AND_TABS.some((byte) => json.subarray(start, end).includes(byte));
  return isPlain ? text : String(parsed(`"${text}"`));
}

/** Replaces strings wherever they are in a value; not by recursion, which a deep one would not survive. */
function putBack(value: unknown, textFor: (text: string) => string): void {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, member] of Object.entries(next)) {
      if (typeof member === 'object') open.push(member);
      else if (typeof member === 'string') {
        const text = textFor(member);
        // Not an assignment, which a member called __proto__ would not survive.
        if (text !== member)
          Object.defineProperty(next, key, {
            value: text,
            enumerable: true,
            configurable: true,
            writable: true,
          });
      }
    }
  }
}

/** JSON is UTF-8 (RFC 8259). */
function expectUtf8(contentType = ''): void {
  const charset = /;\s*charset="?([^\s;"]*)/i.exec(contentType)?.[1] ?? 'utf-8';
  if (/^utf-?8$/i.test(charset)) return;
  throw new UnreadableJson(415, `expected JSON in UTF-8, and it came as '${charset}'.`);
}

/** base64 takes four bytes for three, and the query comes on top. */
const BODY_PER_UPLOAD_BYTE = 1.4;
const BODY_BESIDE_UPLOAD = 100_000;

/** The largest JSON body, in bytes, when one image file may have `uploadBytes`. */
export function bodyLimit(uploadBytes: number): number {
  return Math.ceil(uploadBytes * BODY_PER_UPLOAD_BYTE) + BODY_BESIDE_UPLOAD;
}
