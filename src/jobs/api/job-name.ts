import { parse } from 'node:path';
import { CodedError, shortened } from '../../errors.js';
import { EXTENSIONS, type ImageFormat } from '../../imaging/picture.js';

/** What file systems take at most. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 4096;
/** Of a name that is too long; characters of two units included. */
const KEPT = 100;
/** Control characters, and those that are not seen and change how the others are read. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What programs call a file that has no name. */
const NAMELESS: ReadonlySet<string> = new Set(['blob', 'file', 'unnamed']);

/**
 * The file name that a client gives a job: without folders and control characters, at most 255 characters.
 * @throws CodedError BAD_USER_INPUT where nothing of a name remains, or too much
 */
export function jobName(given: string): string {
  // What is far too long is not worth looking through.
  const name = given.length > LONGEST_PATH ? given : bare(given);
  if (name !== '' && name.length <= LONGEST_NAME) return name;
  throw new CodedError(
    'BAD_USER_INPUT',
    `Expected 'name' to be a file name of 1 to ${LONGEST_NAME} characters, like fruit.jpg, ` +
      `and ${name === '' ? `'${shortened(given)}' names no file` : `one of ${name.length} came`}.`,
  );
}

/** The name that an uploaded file came with, made fit; undefined where it has none. */
export function nameOfUpload(fileName: string): string | undefined {
  const name = bare(fileName.slice(-LONGEST_PATH));
  if (name === '' || NAMELESS.has(name)) return undefined;
  const { name: stem, ext } = parse(name);
  // What it ends with tells what it is.
  return name.length <= LONGEST_NAME ? name : `${Array.from(stem).slice(0, KEPT).join('')}${ext.slice(0, 8)}`;
}

/** What to call the result: `fruit.jpg`, four times as large, is `fruit.x4.png`. */
export function resultName(name: string, scale: number, format: ImageFormat): string {
  return `${parse(name).name}.x${scale}.${EXTENSIONS[format]}`;
}

/** For comparing: the same name in another case, or typed on another system, is the same. */
export function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

function bare(text: string): string {
  const last = text.split(/[/\\]/).at(-1) ?? '';
  const seen = last.normalize('NFC').replaceAll(/\s/g, ' ').replaceAll(UNSEEN, '').trim();
  return /^\.*$/.test(seen) ? '' : seen;
}
