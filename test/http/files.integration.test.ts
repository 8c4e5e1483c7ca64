import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, get, request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { buffer, json } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileRoutes, type FileRoutesOptions } from '../../src/http/files.js';
import { DiskStore } from '../../src/storage/disk.js';
import { createSigner } from '../../src/storage/signed-address.js';

const signer = createSigner('a secret of enough bytes');
const inAMinute = (): Date => new Date(Date.now() + 60_000);
const picture = Buffer.alloc(200_000, 7);
const KEY = 'jobs/1/output.png';

let folder: string;
let store: DiskStore;
let server: Server;
let origin: string;

async function serve(from: FileRoutesOptions['store']): Promise<void> {
  server = createServer(express().use(fileRoutes({ store: from, signer })));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function ask(path: string, method = 'GET', headers = {}): Promise<IncomingMessage> {
  const sent = request(origin + path, { method, headers }).end();
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  return await response;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-files-'));
  store = new DiskStore(folder);
  await store.put(KEY, picture);
  await serve(store);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

describe('fileRoutes', () => {
  it.each([
    ['fruit.x4.png', 'inline; filename=fruit.x4.png'],
    ['a "b" \\.png', 'inline; filename="a \\"b\\" \\\\.png"'],
    ['Äpfel 🍎.png', `inline; filename="?pfel ??.png"; filename*=UTF-8''%C3%84pfel%20%F0%9F%8D%8E.png`],
  ])('has a file saved as %s', async (name, disposition) => {
    const response = await ask(signer.sign(KEY, inAMinute(), name));
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-disposition']).toBe(disposition);
  });

  it('serves a signed file whole, with headers that let a browser show and keep it', async () => {
    const response = await ask(signer.sign(KEY, inAMinute()));
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '200000',
      'content-disposition': 'inline; filename=output.png',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const [, seconds] =
      /^private, max-age=(\d+), immutable$/.exec(response.headers['cache-control'] ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(50);
    expect(Number(seconds)).toBeLessThanOrEqual(60);
    expect(picture.equals(await buffer(response))).toBe(true);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const response = await ask(signer.sign(KEY, inAMinute()), 'HEAD');
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '200000' });
    expect(await buffer(response)).toHaveLength(0);
  });

  it.each([
    ['unsigned', () => `/files/${KEY}`],
    [
      'signed for another file',
      () => signer.sign('jobs/2/output.png', inAMinute()).replace('jobs/2', 'jobs/1'),
    ],
    ['signed by another service', () => createSigner('b secret of enough bytes').sign(KEY, inAMinute())],
    ['with its expiry changed', () => signer.sign(KEY, inAMinute()).replace(/expires=/, 'expires=9')],
    ['with its expiry given twice', () => `${signer.sign(KEY, inAMinute())}&expires=99999999999`],
    ['that climbs out', () => '/files/..%2f..%2fetc%2fpasswd?expires=99999999999&signature=x'],
  ])('refuses an address %s with 403', async (_, address) => {
    const response = await ask(address());
    expect(response.statusCode).toBe(403);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(await json(response)).toEqual({
      code: 'FORBIDDEN',
      message: expect.stringContaining('Use the complete address') as unknown,
    });
  });

  it('answers an expired address with 410', async () => {
    const response = await ask(signer.sign(KEY, new Date(Date.now() - 1_000)));
    expect(response.statusCode).toBe(410);
    expect(await json(response)).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('expired') as unknown,
    });
  });

  it('answers a signed address of a file that is gone with 404', async () => {
    await store.delete(KEY);
    const response = await ask(signer.sign(KEY, inAMinute()));
    expect(response.statusCode).toBe(404);
    expect(await json(response)).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('no longer kept') as unknown,
    });
  });
});

describe('fileRoutes, asked for a part', () => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
  let etag: string;
  beforeEach(async () => {
    await store.put(KEY, bytes);
    etag = (await store.look(KEY))?.etag ?? '';
  });
  const part = (range: string, more = {}, method = 'GET') =>
    ask(signer.sign(KEY, inAMinute()), method, { range, ...more });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=1000-2999', 1000, 2999],
    ['bytes=199990-', 199_990, 199_999],
    ['bytes=-10', 199_990, 199_999],
    ['bytes=0-', 0, 199_999],
    ['bytes=150000-999999', 150_000, 199_999],
    ['bytes=-999999', 0, 199_999],
  ])('%s answers 206 with it', async (range, start, end) => {
    const response = await part(range);
    expect(response.statusCode).toBe(206);
    expect(response.headers).toMatchObject({
      'content-range': `bytes ${start}-${end}/200000`,
      'content-length': String(end - start + 1),
      'content-type': 'image/png',
      'accept-ranges': 'bytes',
      etag,
    });
    expect(bytes.subarray(start, end + 1).equals(await buffer(response))).toBe(true);
  });

  it.each(['bytes=200000-', 'bytes=200000-200001', 'bytes=-0'])(
    '%s answers 416 with the length',
    async (range) => {
      const response = await part(range);
      expect(response.statusCode).toBe(416);
      expect(response.headers).toMatchObject({
        'content-range': 'bytes */200000',
        'cache-control': 'no-store',
      });
      expect(await json(response)).toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringContaining('200000 bytes') as unknown,
      });
    },
  );

  it.each(['bytes=0-9,20-29', 'bytes=9-5', 'bytes=-', 'bytes=a-b', 'pages=1-2', 'bytes', 'nonsense', ''])(
    '%s is answered with the whole',
    async (range) => {
      const response = await part(range);
      expect([response.statusCode, response.headers['content-range']]).toEqual([200, undefined]);
      expect(bytes.equals(await buffer(response))).toBe(true);
    },
  );

  it('answers a part of these very bytes only, where that is asked', async () => {
    expect((await part('bytes=0-9', { 'if-range': etag })).statusCode).toBe(206);
    for (const other of ['"other"', `W/${etag}`, 'Wed, 21 Oct 2026 07:28:00 GMT', '*']) {
      const response = await part('bytes=0-9', { 'if-range': other });
      expect([other, response.statusCode]).toEqual([other, 200]);
      expect(await buffer(response)).toHaveLength(200_000);
    }
  });

  it('says the length of the whole to HEAD', async () => {
    const response = await part('bytes=0-9', {}, 'HEAD');
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({ 'content-length': '200000', 'accept-ranges': 'bytes', etag });
  });

  it('has no part of an empty file', async () => {
    await store.put(KEY, Buffer.alloc(0));
    expect((await part('bytes=0-')).statusCode).toBe(416);
    expect((await part('bytes=-5')).statusCode).toBe(416);
    expect((await ask(signer.sign(KEY, inAMinute()))).statusCode).toBe(200);
  });
});

describe('fileRoutes, asked for what has changed', () => {
  it('answers 304 to who has these bytes, for GET and HEAD, whatever else is asked', async () => {
    const address = signer.sign(KEY, inAMinute());
    const etag = (await ask(address)).headers.etag ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      for (const method of ['GET', 'HEAD']) {
        const headers = { 'if-none-match': tags, range: 'bytes=0-9', 'cache-control': 'no-cache' };
        const response = await ask(address, method, headers);
        expect([tags, response.statusCode]).toEqual([tags, 304]);
        expect(response.headers).toMatchObject({
          etag,
          'cache-control': expect.stringMatching(/^private, max-age=\d+/) as unknown,
        });
        expect(response.headers['content-length']).toBeUndefined();
        expect(await buffer(response)).toHaveLength(0);
      }
    }
  });

  it('answers the file to who has others', async () => {
    const address = signer.sign(KEY, inAMinute());
    const etag = (await ask(address)).headers.etag ?? '';
    await store.put(KEY, Buffer.alloc(200_000, 8));
    for (const tags of [etag, etag.replaceAll('"', ''), 'nonsense', '']) {
      const response = await ask(address, 'GET', { 'if-none-match': tags });
      expect(response.statusCode).toBe(200);
      expect(response.headers.etag).not.toBe(etag);
      response.resume();
    }
  });

  it('never mixes two versions of a file', async () => {
    // Replaced between the look at it and its opening, once.
    let replaced = false;
    const open: DiskStore['open'] = async (key, range) => {
      if (!replaced) await store.put(KEY, Buffer.alloc(100, 9));
      replaced = true;
      return store.open(key, range);
    };
    server.close();
    await serve({ look: (key) => store.look(key), open });
    const response = await ask(signer.sign(KEY, inAMinute()), 'GET', { range: 'bytes=0-149' });
    expect(response.headers['content-range']).toBe('bytes 0-99/100');
    expect(Buffer.alloc(100, 9).equals(await buffer(response))).toBe(true);
  });

  it('needs its permission all the same', async () => {
    const { etag = '' } = (await ask(signer.sign(KEY, inAMinute()))).headers;
    const expired = signer.sign(KEY, new Date(Date.now() - 1_000));
    expect((await ask(expired, 'GET', { 'if-none-match': etag })).statusCode).toBe(410);
  });
});

describe('fileRoutes, on a stream that does not end well', () => {
  async function serveStream(stream: Readable, bytes: number): Promise<void> {
    server.close();
    const facts = { bytes, mediaType: 'image/png', etag: '"x"' };
    await serve({
      look: () => Promise.resolve(facts),
      open: () => Promise.resolve({ ...facts, stream }),
    });
  }

  it('destroys the stream when the client leaves', async () => {
    const stream = new PassThrough();
    await serveStream(stream, 1_000_000);
    const sent = get(origin + signer.sign(KEY, inAMinute()));
    stream.write('the first bytes');
    await once(sent, 'response');
    const closed = new Promise((resolve) => stream.once('close', resolve));
    sent.on('error', () => undefined).destroy();
    await closed;
    expect(stream.destroyed).toBe(true);
  });

  it('breaks the answer off when the store fails, so that no client takes a part for the whole', async () => {
    const stream = new PassThrough();
    await serveStream(stream, 1_000_000);
    const sent = get(origin + signer.sign(KEY, inAMinute()));
    stream.write('the first bytes');
    const response = await new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
    stream.destroy(new Error('disk on fire'));
    await expect(finished(response.resume())).rejects.toThrow('aborted');
  });

  it('opens nothing for a HEAD', async () => {
    server.close();
    await serve({ look: (key) => store.look(key), open: () => Promise.reject(new Error('opened')) });
    const response = await ask(signer.sign(KEY, inAMinute()), 'HEAD');
    expect([response.statusCode, response.headers['content-length']]).toEqual([200, '200000']);
  });
});
