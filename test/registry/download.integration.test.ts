import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { download } from '../../src/registry/download.js';
import type { ModelFile } from '../../src/registry/manifest.js';
import { freePort } from '../kit/redis-server.js';
import { serve } from './file-server.js';
import { fileOf, temporaryFolder } from './model-folder.js';

const CONTENT = Buffer.from('0123456789abcdef'.repeat(20_000));

/** What came stays, for the next attempt to go on from. */
const A_PART = [expect.stringMatching(/^weights\.bin\..+\.part$/)];

interface Attempt {
  /** The names of all files that it left, temporary ones included. */
  readonly left: string[];
  readonly error: Error | undefined;
}

/** Downloads into a folder of its own and tells what is there afterwards. */
async function attempt(url: string, file: ModelFile, silenceMs?: number): Promise<Attempt> {
  const folder = await temporaryFolder();
  const path = join(folder, 'cache', file.name);
  const error = await download(url, file, path, silenceMs === undefined ? {} : { silenceMs }).then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof Error ? thrown : new Error('Expected an Error')),
  );
  return { error, left: await readdir(join(folder, 'cache')) };
}

test('a file arrives whole under its name, and nothing else does', async () => {
  const { url } = await serve((_request, response) => response.end(CONTENT));
  const folder = await temporaryFolder();
  const path = join(folder, 'files', 'model', 'weights.bin');
  expect(await download(url, fileOf(CONTENT), path)).toBe(path);
  expect(CONTENT.equals(await readFile(path))).toBe(true);
  expect(await readdir(join(folder, 'files', 'model'))).toEqual(['weights.bin']);
});

test('a file of unknown size is checked by its git id with the size that the server tells', async () => {
  const { url } = await serve((_request, response) =>
    response.writeHead(200, { 'content-length': CONTENT.length }).end(CONTENT),
  );
  const id = createHash('sha1').update(`blob ${CONTENT.length}\0`).update(CONTENT).digest('hex');
  const { error, left } = await attempt(url, { name: 'weights.bin', digest: `git:${id}` });
  expect(error).toBeUndefined();
  expect(left).toEqual(['weights.bin']);
});

test('a file of unknown size cannot be checked by a git id where the server does not tell it either', async () => {
  const { url, asked } = await serve((_request, response) => {
    response.write(CONTENT);
    response.end();
  });
  const { error, left } = await attempt(url, { name: 'weights.bin', digest: `git:${'0'.repeat(40)}` });
  expect(error?.message).toContain('neither the manifest nor the server tells the size');
  expect([left, asked.length]).toEqual([[], 1]);
});

test('two downloads of one file at a time do not disturb each other', async () => {
  const { url } = await serve((_request, response) => response.end(CONTENT));
  const path = join(await temporaryFolder(), 'weights.bin');
  await Promise.all([download(url, fileOf(CONTENT), path), download(url, fileOf(CONTENT), path)]);
  expect(CONTENT.equals(await readFile(path))).toBe(true);
});

describe('what no other attempt would change is tried once', () => {
  test('a file that is not there', async () => {
    const { url, asked } = await serve((_request, response) => response.writeHead(404).end());
    const { error, left } = await attempt(`${url}/weights.bin`, fileOf(CONTENT));
    expect(error?.message).toBe(`${url}/weights.bin: the server answered 404 Not Found`);
    expect([left, asked.length]).toEqual([[], 1]);
  });

  test('another file of the same size', async () => {
    const { url, asked } = await serve((_request, response) => response.end(Buffer.alloc(CONTENT.length)));
    const { error, left } = await attempt(url, fileOf(CONTENT));
    expect(error?.message).toContain(`does not have the digest ${fileOf(CONTENT).digest}`);
    expect([left, asked.length]).toEqual([[], 1]);
  });
});

describe('what may pass is tried again', () => {
  test.each([500, 503, 429])('a server that answers %i once', async (status) => {
    const { url, asked } = await serve((_request, response) => {
      if (asked.length === 1) response.writeHead(status).end('Sorry');
      else response.end(CONTENT);
    });
    const { error, left } = await attempt(url, fileOf(CONTENT));
    expect(error).toBeUndefined();
    expect([left, asked.length]).toEqual([['weights.bin'], 2]);
  });

  test('a connection that breaks off in the middle, at a server that knows nothing of ranges', async () => {
    const { url, asked } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': CONTENT.length });
      if (asked.length > 1) response.end(CONTENT);
      else response.write(CONTENT.subarray(0, 100_000), () => response.destroy());
    });
    const { error, left } = await attempt(url, fileOf(CONTENT));
    expect(error).toBeUndefined();
    expect([left, asked.length]).toEqual([['weights.bin'], 2]);
  });
});

describe('a server that does not get better is given up after three attempts', () => {
  test('when it always answers 500', async () => {
    const { url, asked } = await serve((_request, response) => response.writeHead(500).end());
    const { error, left } = await attempt(url, fileOf(CONTENT));
    expect(error?.message).toContain('the server answered 500');
    expect([left, asked.length]).toEqual([[], 3]);
  });

  test('when it sends too few bytes', async () => {
    const { url, asked } = await serve((_request, response) => response.end(CONTENT.subarray(1)));
    const { error, left } = await attempt(url, fileOf(CONTENT));
    expect(error?.message).toContain(
      `it sent ${CONTENT.length - 1} bytes, and ${CONTENT.length} were expected`,
    );
    expect([left, asked.length]).toEqual([[], 3]);
  });

  test('when it sends too many bytes', async () => {
    const { url, asked } = await serve((_request, response) =>
      response.end(Buffer.concat([CONTENT, CONTENT])),
    );
    const { error, left } = await attempt(url, fileOf(CONTENT));
    expect(error?.message).toContain('it sends more bytes than the file should have');
    expect([left, asked.length]).toEqual([[], 3]);
  });

  test('when it says nothing at all', async () => {
    const { url, asked } = await serve(() => undefined);
    const { error, left } = await attempt(url, fileOf(CONTENT), 100);
    expect(error?.message).toMatch(/fetch failed.*Headers Timeout/i);
    expect([left, asked.length]).toEqual([[], 3]);
  });

  test('when it falls silent in the middle', async () => {
    const { url, asked } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': CONTENT.length }).write(CONTENT.subarray(0, 1000));
    });
    const { error, left } = await attempt(url, fileOf(CONTENT), 100);
    expect(error?.message).toMatch(/Body Timeout/i);
    expect([left, asked.length]).toEqual([A_PART, 3]);
  });

  test('when nobody listens there', async () => {
    const url = `http://127.0.0.1:${await freePort()}/weights.bin`;
    const { error, left } = await attempt(url, fileOf(CONTENT));
    expect(error?.message).toMatch(/weights\.bin: fetch failed \(.*ECONNREFUSED/);
    expect(left).toEqual([]);
  });
});

test('an earlier file of that name stays when a download fails', async () => {
  const { url } = await serve((_request, response) => response.writeHead(404).end());
  const folder = await temporaryFolder();
  const path = join(folder, 'weights.bin');
  await writeFile(path, 'earlier');
  await expect(download(url, fileOf(CONTENT), path)).rejects.toThrow('404');
  expect(await readFile(path, 'utf8')).toBe('earlier');
  expect(await readdir(folder)).toEqual(['weights.bin']);
});

test('a slow server is waited for as long as it keeps talking', async () => {
  const silenceMs = 400;
  const parts = Array.from({ length: 10 }, (_, index) => CONTENT.subarray(index * 100, (index + 1) * 100));
  const { url, asked } = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    const timer = setInterval(() => {
      const part = parts.shift();
      if (part) response.write(part);
      if (parts.length > 0) return;
      clearInterval(timer);
      response.end();
    }, silenceMs / 5);
  });
  const { error } = await attempt(url, fileOf(CONTENT.subarray(0, 1000)), silenceMs);
  expect([error, asked.length]).toEqual([undefined, 1]);
});
