import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { download } from '../../src/registry/download.js';
import { serve } from './file-server.js';
import { fileOf, temporaryFolder } from './model-folder.js';

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251));
const FILE = fileOf(CONTENT);
const HALF = 150_000;
/** Longer ago than a live download is ever silent. */
const LONG_AGO = new Date(Date.now() - 3_600_000);

/** Answers with what is asked for, from where it is asked for, and remembers the ranges. */
function ranged(content: Buffer): { listener: RequestListener; ranges: (string | undefined)[] } {
  const ranges: (string | undefined)[] = [];
  const listener: RequestListener = ({ headers }, response) => {
    ranges.push(headers.range);
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const rest = content.subarray(from);
    const partial = {
      'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
    };
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...(from > 0 && partial) });
    response.end(rest);
  };
  return { listener, ranges };
}

/** A cache in which a process left part of the file when it ended. */
async function withPart(content: Uint8Array, writtenAt = LONG_AGO) {
  const folder = await temporaryFolder();
  const part = join(folder, 'weights.bin.of-another-process.part');
  await writeFile(part, content);
  await utimes(part, writtenAt, writtenAt);
  return { folder, path: join(folder, 'weights.bin'), part };
}

test('a connection that breaks is taken up where it broke', async () => {
  const { listener, ranges } = ranged(CONTENT);
  const connection = new EventEmitter();
  const { url } = await serve((request, response) => {
    if (request.headers.range !== undefined) {
      listener(request, response);
      return;
    }
    ranges.push(undefined);
    response.writeHead(200, { 'content-length': CONTENT.length });
    response.write(CONTENT.subarray(0, HALF));
    connection.once('break', () => response.destroy());
  });
  const path = join(await temporaryFolder(), 'weights.bin');
  await download(url, FILE, path, {
    onBytes: (bytes) => {
      if (bytes === HALF) connection.emit('break');
    },
  });
  expect(CONTENT.equals(await readFile(path))).toBe(true);
  expect(ranges).toEqual([undefined, `bytes=${HALF}-`]);
});

test('what a process had fetched before it was killed is not fetched again', async () => {
  const { listener, ranges } = ranged(CONTENT);
  const { url } = await serve(listener);
  const { folder, path } = await withPart(CONTENT.subarray(0, HALF));
  const told: number[] = [];
  await download(url, FILE, path, { onBytes: (bytes) => told.push(bytes) });
  expect(CONTENT.equals(await readFile(path))).toBe(true);
  expect(await readdir(folder)).toEqual(['weights.bin']);
  expect(ranges).toEqual([`bytes=${HALF}-`]);
  expect(told.at(0)).toBe(HALF);
  expect(told.at(-1)).toBe(CONTENT.length);
});

test('a part that another process is still writing is left alone', async () => {
  const { listener, ranges } = ranged(CONTENT);
  const { url } = await serve(listener);
  const { folder, path } = await withPart(CONTENT.subarray(0, HALF), new Date());
  await download(url, FILE, path);
  expect(ranges).toEqual([undefined]);
  expect((await readdir(folder)).sort()).toEqual(['weights.bin', 'weights.bin.of-another-process.part']);
});

test('of several parts the largest is gone on from, and the others are swept', async () => {
  const { listener, ranges } = ranged(CONTENT);
  const { url } = await serve(listener);
  const { folder, path } = await withPart(CONTENT.subarray(0, 10));
  const larger = join(folder, 'weights.bin.larger.part');
  await writeFile(larger, CONTENT.subarray(0, HALF));
  await utimes(larger, LONG_AGO, LONG_AGO);
  await download(url, FILE, path);
  expect(ranges).toEqual([`bytes=${HALF}-`]);
  expect(await readdir(folder)).toEqual(['weights.bin']);
});

test('a part of another file is noticed by the digest, and the file fetched whole', async () => {
  const { listener, ranges } = ranged(CONTENT);
  const { url } = await serve(listener);
  const { path } = await withPart(Buffer.alloc(HALF));
  await download(url, FILE, path);
  expect(CONTENT.equals(await readFile(path))).toBe(true);
  expect(ranges).toEqual([`bytes=${HALF}-`, undefined]);
});

test('a part that is longer than the file is of no use', async () => {
  const { listener, ranges } = ranged(CONTENT);
  const { url } = await serve(listener);
  const { path } = await withPart(Buffer.concat([CONTENT, CONTENT]));
  await download(url, FILE, path);
  expect(ranges).toEqual([undefined]);
  expect(CONTENT.equals(await readFile(path))).toBe(true);
});

test('a server that refuses the range is asked for the whole file', async () => {
  const { listener, ranges } = ranged(CONTENT);
  const { url } = await serve((request, response) => {
    if (request.headers.range === undefined) listener(request, response);
    else response.writeHead(416).end();
  });
  const { path } = await withPart(CONTENT.subarray(0, HALF));
  await download(url, FILE, path);
  expect(ranges).toEqual([undefined]);
  expect(CONTENT.equals(await readFile(path))).toBe(true);
});

test('a part outlives a place that does not have the file', async () => {
  const { url } = await serve((_request, response) => response.writeHead(404).end());
  const { folder, path } = await withPart(CONTENT.subarray(0, HALF));
  await expect(download(url, FILE, path)).rejects.toThrow('404');
  const [left = ''] = await readdir(folder);
  expect((await stat(join(folder, left))).size).toBe(HALF);
});

test('a full disk is told in a sentence, and no half file stays on it', async ({ skip }) => {
  const folder = await temporaryFolder();
  const small = join(folder, 'small-disk');
  await mkdir(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small], { stdio: 'pipe' });
  } catch {
    skip('not run: a small disk cannot be mounted here');
  }
  onTestFinished(() => void execFileSync('umount', [small]));
  const { url, asked } = await serve(ranged(CONTENT).listener);
  await expect(download(url, FILE, join(small, 'weights.bin'))).rejects.toThrow(
    /^weights\.bin does not fit into .*small-disk: the disk is full\. Make room there, or set MODEL_CACHE/,
  );
  expect(asked).toHaveLength(1);
  expect(await readdir(small)).toEqual([]);
});
