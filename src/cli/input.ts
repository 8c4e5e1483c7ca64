import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { addAbortSignal } from 'node:stream';
import type { ImageInput } from '../client/operations.js';
import { errnoOf } from '../platform/errno.js';
import { Fault, reasonOf } from './fault.js';

/** A picture as the command line names it. */
export type Input =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'url'; readonly url: string };

/** What a picture is called in tables and in JSON: what the person wrote, or what a pattern found. */
export function titleOf(input: Input): string {
  switch (input.kind) {
    case 'file':
      return input.path;
    case 'stdin':
      return '-';
    case 'url':
      return input.url;
  }
}

/** What the service takes as a name. */
const LONGEST_NAME = 255;

/** The file name of a picture; undefined where it has none. */
export function nameOf(input: Input): string | undefined {
  const name = lastPart(input).replaceAll(/\p{C}/gu, '').trim();
  return /^\.*$/.test(name) || name.length > LONGEST_NAME ? undefined : name;
}

function lastPart(input: Input): string {
  switch (input.kind) {
    case 'file':
      return basename(input.path);
    case 'stdin':
      return '';
    case 'url':
      return URL.canParse(input.url) ? basename(new URL(input.url).pathname) : '';
  }
}

/**
 * The picture as an operation takes it: a file is read here, an address by the service.
 * @throws Fault FILE_NOT_READ; an AbortError
 */
export async function imageOf(input: Input, signal: AbortSignal): Promise<ImageInput> {
  switch (input.kind) {
    case 'file':
      return { upload: new Blob([await bytesOf(input.path)]) };
    case 'stdin':
      return { upload: new Blob([await standardInput(signal)]) };
    case 'url':
      return { url: input.url };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'This is a folder. Name the pictures in it, for example by <folder>/*.jpg.',
  EACCES: 'The file may not be read by this user.',
};

async function bytesOf(path: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = REASONS[errnoOf(error) ?? ''];
    throw new Fault('FILE_NOT_READ', reason ?? `The file cannot be read: ${reasonOf(error)}.`);
  }
}

/** A terminal has no end by itself: whoever has called this by mistake ends it. */
async function standardInput(signal: AbortSignal): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of addAbortSignal(signal, process.stdin)) chunks.push(chunk as Buffer);
  if (chunks.length > 0) return Buffer.concat(chunks);
  throw new Fault('FILE_NOT_READ', 'Nothing came on standard input.');
}
