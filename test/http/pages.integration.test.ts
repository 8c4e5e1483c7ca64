import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageRoutes } from '../../src/http/pages.js';

/** What Chromium and Firefox send when an address is typed in. */
const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8' };

interface TestServer {
  readonly address: string;
  readonly server: Server;
}

/** An application with the routes under test and an API behind them that answers `api <method>`. */
async function serve(studioDir: string, origin = 'http://service.test'): Promise<TestServer> {
  const app = express();
  app.use(pageRoutes({ studioDir, imageOrigin: () => Promise.resolve(origin) }));
  app.use((request, response) => {
    response.type('text').send(`api ${request.method}`);
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new TypeError('expected a TCP address');
  return { address: `http://127.0.0.1:${bound.port}`, server };
}

let folder: string;
let built: TestServer;
let bare: TestServer;

beforeAll(async () => {
  // A dot in the folder's path must not make its files look hidden to the file server.
  folder = await mkdtemp(join(tmpdir(), '.okulo-pages-'));
  const assets = join(folder, 'studio', 'assets');
  await mkdir(assets, { recursive: true });
  await writeFile(join(folder, 'graphiql.html'), '<title>the page</title>');
  await writeFile(join(folder, 'index.html'), '<title>the studio</title>');
  await writeFile(join(assets, 'main-0a1b2c.js'), 'export {};');
  await writeFile(join(assets, 'main-0a1b2c.js.gz'), gzipSync('export {};'));
  await writeFile(join(assets, 'small-1d2e3f.js'), '{}');
  built = await serve(folder);
  bare = await serve(join(folder, 'never-built'));
});

afterAll(async () => {
  for (const { server } of [built, bare]) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true });
});

describe('GET /graphql', () => {
  it('gives a browser the page, checked anew each time, under a policy of its own host only', async () => {
    const response = await fetch(`${built.address}/graphql`, { headers: BROWSER });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('vary')).toMatch(/accept/i);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy.replace('http://service.test', '')).not.toMatch(/https?:|\*/);
    expect(await response.text()).toBe('<title>the page</title>');
  });

  it('answers 304 to a browser that already has the page', async () => {
    const first = await fetch(`${built.address}/graphql`, { headers: BROWSER });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    // As on a browser's reload; left to itself, fetch adds a no-cache of its own to a conditional request.
    const headers = { ...BROWSER, 'if-none-match': etag, 'cache-control': 'max-age=0' };
    const again = await fetch(`${built.address}/graphql`, { headers });
    expect(again.status).toBe(304);
  });

  it.each([
    ['application/json', { accept: 'application/json' }],
    ['any type, as curl asks', { accept: '*/*' }],
    ['JSON before HTML', { accept: 'application/graphql-response+json, text/html;q=0.5' }],
    ['both alike', { accept: 'application/json, text/html' }],
    ['images only', { accept: 'image/png' }],
  ])('leaves a client that accepts %s to the API', async (_what, headers) => {
    const response = await fetch(`${built.address}/graphql`, { headers });
    expect(await response.text()).toBe('api GET');
    expect(response.headers.get('vary')).toMatch(/accept/i);
    expect(response.headers.get('content-security-policy')).toBeNull();
  });

  it('leaves a query in the address to the API, in a browser too', async () => {
    const response = await fetch(`${built.address}/graphql?query={__typename}`, { headers: BROWSER });
    expect(await response.text()).toBe('api GET');
  });

  it('leaves POST and other paths to the API', async () => {
    const post = await fetch(`${built.address}/graphql`, { method: 'POST', headers: BROWSER });
    expect(await post.text()).toBe('api POST');
    const other = await fetch(`${built.address}/graphql/deeper`, { headers: BROWSER });
    expect(await other.text()).toBe('api GET');
  });

  it('leads a browser from an address with one slash more to that without', async () => {
    const response = await fetch(`${built.address}/graphql/`, { headers: BROWSER, redirect: 'manual' });
    // Relative, because the address may lie deeper for who asks.
    expect([response.status, response.headers.get('location')]).toEqual([302, '../graphql']);
    const client = await fetch(`${built.address}/graphql/`, { headers: { accept: 'application/json' } });
    expect(await client.text()).toBe('api GET');
  });

  it('says what to run where the pages were not built', async () => {
    const response = await fetch(`${bare.address}/graphql`, { headers: BROWSER });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('npm run build');
    const api = await fetch(`${bare.address}/graphql`, { method: 'POST' });
    expect(await api.text()).toBe('api POST');
  });
});

describe('GET /', () => {
  it('gives the studio, to whoever asks, under a policy of its own host only', async () => {
    for (const headers of [BROWSER, { accept: '*/*' }]) {
      const response = await fetch(built.address, { headers });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toBe('<title>the studio</title>');
    }
  });

  it('may show pictures from where results lie, and nothing else from there', async () => {
    const { address, server } = await serve(folder, 'https://bucket.example');
    const policy = (await fetch(address)).headers.get('content-security-policy') ?? '';
    server.closeAllConnections();
    server.close();
    expect(policy.split('; ').filter((rule) => rule.includes('bucket.example'))).toEqual([
      "img-src 'self' data: blob: https://bucket.example",
    ]);
  });

  it('says what to run where the pages were not built', async () => {
    const response = await fetch(bare.address, { headers: BROWSER });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('npm run build');
  });
});

describe('GET /studio/assets', () => {
  it('gives hashed files to keep', async () => {
    const response = await fetch(`${built.address}/studio/assets/main-0a1b2c.js`);
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.text()).toBe('export {};');
  });

  it('gives them compressed to who can read that', async () => {
    const asked = (name: string, encoding: string) =>
      new Promise<IncomingMessage>((resolve) => {
        const headers = { 'accept-encoding': encoding };
        request(`${built.address}/studio/assets/${name}`, { headers }, (response) => {
          resolve(response.resume());
        }).end();
      });
    const compressed = (await asked('main-0a1b2c.js', 'gzip, br')).headers;
    expect(compressed['content-encoding']).toBe('gzip');
    expect(compressed['content-type']).toMatch(/^text\/javascript/);
    expect(compressed['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(compressed.vary).toMatch(/accept-encoding/i);
    expect((await asked('main-0a1b2c.js', 'identity')).headers['content-encoding']).toBeUndefined();
    expect((await asked('small-1d2e3f.js', 'gzip')).headers['content-encoding']).toBeUndefined();
  });

  it.each(['none.js', '', '..%2fgraphiql.html', '%2e%2e/graphiql.html'])(
    'gives nothing else: %j falls through',
    async (name) => {
      const response = await fetch(`${built.address}/studio/assets/${name}`);
      expect(await response.text()).toBe('api GET');
      expect(response.headers.get('cache-control')).toBeNull();
    },
  );
});
