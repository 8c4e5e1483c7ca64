import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { compressAnswers } from '../../src/http/compress.js';
import { runApp } from './running-app.js';

const WORDS = 'all the words of an answer, '.repeat(100);
const TEXT = JSON.stringify({ words: WORDS });

const routes = Router()
  .get('/json', (_request, response) => void response.json({ words: WORDS }))
  .get('/graphql', (_request, response) => void response.type('application/graphql-response+json').send(TEXT))
  .get(
    '/error',
    (_request, response) => void response.status(503).set('Retry-After', '1').json({ words: WORDS }),
  )
  .get('/small', (_request, response) => void response.json({ words: 'x'.repeat(900) }))
  .get('/over', (_request, response) => void response.json({ words: 'x'.repeat(1000) }))
  .get('/figures', (_request, response) => void response.type('text/plain; version=0.0.4').send(WORDS))
  .get('/png', (_request, response) => void response.type('png').send(Buffer.alloc(5000)))
  .get('/part', (_request, response) => {
    response.status(206).set('Content-Range', 'bytes 0-2/5').type('txt').send(WORDS);
  })
  .get('/built', (_request, response) => {
    response.set('Content-Encoding', 'br').type('js').send(Buffer.alloc(5000));
  })
  .get('/large', (_request, response) => void response.json({ words: WORDS.repeat(2000) }));

async function ask(path: string, encodings?: string, method = 'GET'): Promise<IncomingMessage> {
  const { url } = await runApp([compressAnswers(), routes]);
  const sent = request(url + path, {
    method,
    headers: { ...(encodings !== undefined && { 'accept-encoding': encodings }) },
  }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}

const READ = { br: brotliDecompressSync, gzip: gunzipSync };

describe('an answer of more than a kilobyte', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['GZIP', 'gzip'],
  ] as const)('to who accepts %s comes as %s', async (accepted, encoding) => {
    const response = await ask('/json', accepted);
    expect(response.headers['content-encoding']).toBe(encoding);
    expect(response.headers.vary).toMatch(/\bAccept-Encoding\b/);
    expect(response.headers['content-length']).toBeUndefined();
    const bytes = await buffer(response);
    expect(bytes.length).toBeLessThan(TEXT.length / 4);
    expect(String(READ[encoding](bytes))).toBe(TEXT);
  });

  it.each([undefined, '', 'identity', 'gzip;q=0', 'br;q=0, gzip;q=0', '*;q=0', 'zstd', 'identity, gzip;q=0'])(
    'to who accepts %s comes as it is, and caches know that it may differ',
    async (accepted) => {
      const response = await ask('/json', accepted);
      expect(response.headers['content-encoding']).toBeUndefined();
      expect(response.headers.vary).toMatch(/\bAccept-Encoding\b/);
      expect(String(await buffer(response))).toBe(TEXT);
    },
  );

  it.each(['/graphql', '/error', '/figures', '/over'])('is compressed for %s', async (path) => {
    expect((await ask(path, 'gzip')).headers['content-encoding']).toBe('gzip');
  });

  it.each(['/png', '/part', '/small'])('is not for %s', async (path) => {
    expect((await ask(path, 'gzip')).headers['content-encoding']).toBeUndefined();
  });

  it('is not compressed twice', async () => {
    const response = await ask('/built', 'gzip, br');
    expect(response.headers['content-encoding']).toBe('br');
    expect(await buffer(response)).toHaveLength(5000);
  });

  it('says its length to HEAD', async () => {
    const response = await ask('/json', 'gzip', 'HEAD');
    expect(response.headers['content-length']).toBe(String(TEXT.length));
  });

  it('waits for a slow reader, and comes whole', async () => {
    const response = await ask('/large', 'gzip');
    response.pause();
    await new Promise((resolve) => setImmediate(resolve));
    const words = String(gunzipSync(await buffer(response)));
    expect(JSON.parse(words)).toEqual({ words: WORDS.repeat(2000) });
  });
});
