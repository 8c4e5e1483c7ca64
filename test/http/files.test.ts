import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, get, request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
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

async function ask(path: string, method = 'GET'): Promise<IncomingMessage> {
  const sent = request(origin + path, { method }).end();
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
  it('serves a signed file whole, with headers that let a browser show and keep it', async () => {
    const response = await ask(signer.sign(KEY, inAMinute()));
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '200000',
      'content-disposition': 'inline; filename="output.png"',
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
      message: expect.stringContaining('Use the address whole') as unknown,
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

describe('fileRoutes, on a stream that does not end well', () => {
  async function serveStream(stream: Readable, bytes: number): Promise<void> {
    server.close();
    await serve({ open: () => Promise.resolve({ stream, bytes, mediaType: 'image/png' }) });
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

  it('destroys the stream that a HEAD does not need', async () => {
    const stream = Readable.from(['unread']);
    await serveStream(stream, 6);
    const response = await ask(signer.sign(KEY, inAMinute()), 'HEAD');
    expect(response.headers['content-length']).toBe('6');
    expect(stream.destroyed).toBe(true);
  });
});
