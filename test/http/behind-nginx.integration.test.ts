/** The whole of the service beneath a path: through nginx by the configuration of docs/proxies.md, and past it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from 'graphql-ws';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { ROOT } from '../../scripts/build-inputs.mjs';
import { okulo } from '../cli/run-okulo.js';
import { documentedNginx } from '../kit/documented-nginx.js';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { startNginx, type TestNginx } from '../kit/nginx.js';
import { freePort } from '../kit/redis-server.js';
import { completed, submit } from '../kit/service-jobs.js';
import { inBase64, picture, pngFile } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

/** The prefix as nginx has it, and as PUBLIC_URL says it. */
const PREFIXES = [
  ['/vision', '/vision/'],
  ['/apps/café (2)', '/apps/caf%C3%A9%20(2)'],
  // Beneath a path that looks like one of the service's own.
  ['/studio', '/studio/'],
] as const;

const WAYS = [
  { way: 'nginx that strips it', strips: true, rewritesHost: false },
  { way: 'nginx that strips it and rewrites the host', strips: true, rewritesHost: true },
  { way: 'nginx that keeps it', strips: false, rewritesHost: false },
  { way: 'nginx that keeps it and rewrites the host', strips: false, rewritesHost: true },
  { way: 'no proxy, with the prefix', prefix: true },
  { way: 'no proxy, at the root', prefix: false },
] as const;

describe.skipIf(inject('nginx') === null).each(PREFIXES)('beneath %s', (prefix, path) => {
  let service: TestService;
  let nginx: TestNginx;
  let publicUrl: string;
  /** The service by every way, with no slash at its end. */
  const bases = new Map<string, string>();

  beforeAll(async () => {
    const port = await freePort();
    const ports = new Map<string, number>();
    for (const { way } of WAYS) ports.set(way, await freePort());
    const nginxPort = (way: string) => ports.get(way) ?? 0;
    publicUrl = `http://127.0.0.1:${nginxPort(WAYS[0].way)}${path}`;
    const servers = WAYS.flatMap((place) =>
      'strips' in place
        ? [documentedNginx({ ...place, port: nginxPort(place.way), service: port, prefix })]
        : [],
    );
    [service, nginx] = await Promise.all([
      startService({ env: { PORT: String(port), PUBLIC_URL: publicUrl } }),
      startNginx(servers.join('\n')),
    ]);
    publicUrl = publicUrl.replace(/\/$/, '');
    const under = path.replace(/\/$/, '');
    for (const place of WAYS) {
      const ownPort = 'strips' in place ? nginxPort(place.way) : port;
      const isBeneath = 'strips' in place || place.prefix;
      bases.set(place.way, `http://127.0.0.1:${ownPort}${isBeneath ? under : ''}`);
    }
  });
  afterAll(async () => {
    await nginx.stop();
    await service.stop();
  });

  it('is what the start screen names', () => {
    expect(service.url).toBe(publicUrl);
    expect(service.output()).toContain(`Studio          ${publicUrl}/\n`);
    expect(service.output()).toContain(`${publicUrl}/readyz, ${publicUrl}/metrics`);
  });

  describe.each(WAYS)('through $way', ({ way }) => {
    const base = () => bases.get(way) ?? '';
    const client = () => new GraphqlClient(base());
    const ask = (route: string, init?: RequestInit) => fetch(`${base()}${route}`, init);
    const isResult = async (url: string, mediaType: string) => {
      expect(url.startsWith(`${publicUrl}/files/`)).toBe(true);
      const response = await fetch(url);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, mediaType]);
    };

    it.each(['/', '/graphql'])(
      'has the page %s with all that it names, under a strict policy',
      async (route) => {
        const response = await ask(route, { headers: BROWSER });
        const policy = response.headers.get('content-security-policy') ?? '';
        expect(policy).toContain("base-uri 'none'");
        expect(policy).toContain(`img-src 'self' data: blob: ${new URL(publicUrl).origin};`);
        await expectParts(response);
      },
    );

    it('has every file that the pages may load later', async () => {
      for (const name of await readdir(join(ROOT, 'dist/studio/studio/assets'))) {
        if (name.endsWith('.gz')) continue;
        const { status, headers } = await ask(`/studio/assets/${name}`, { method: 'HEAD' });
        expect([name, status, headers.get('cache-control')]).toEqual([
          name,
          200,
          'public, max-age=31536000, immutable',
        ]);
      }
    });

    it('leads to the pages from addresses with a slash too few or too many', async () => {
      for (const [from, to] of [
        ['', '/'],
        ['/graphql/', '/graphql'],
      ]) {
        const response = await ask(from ?? '', { headers: BROWSER });
        // A client leaves the slash of a bare host out.
        expect([response.status, response.url]).toEqual([200, new URL(`${base()}${to}`).href]);
        expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      }
    });

    it('answers queries, and uploads larger than a megabyte', async () => {
      const shape = z.object({ classify: z.object({ image: z.object({ width: z.number() }) }) });
      const noise = await sharp(randomBytes(900 * 700 * 3), { raw: { width: 900, height: 700, channels: 3 } })
        .png()
        .toBuffer();
      expect(noise.length).toBeGreaterThan(1_500_000);
      const query = 'mutation ($image: ImageInput!) { classify(image: $image) { image { width } } }';
      const expected = { classify: { image: { width: 900 } } };
      expect(dataOf(await client().upload(query, pngFile(noise)), shape)).toEqual(expected);
      expect(dataOf(await client().post(query, { image: inBase64(noise) }), shape)).toEqual(expected);
    });

    it('tells addresses of results that lead there', async () => {
      const shape = z.object({ segmentRoad: z.object({ mask: z.object({ url: z.string() }) }) });
      const query = 'mutation ($image: ImageInput!) { segmentRoad(image: $image) { mask { url } } }';
      const { segmentRoad } = dataOf(await client().upload(query, pngFile(await picture())), shape);
      await isResult(segmentRoad.mask.url, 'image/png');
    });

    it('follows a job by a WebSocket to its result', async () => {
      const { id } = await submit(client(), { image: await picture({ width: 20, height: 10 }) });
      await isResult((await completed(client(), id)).url, 'image/png');
    });

    it("opens a WebSocket for the public address's own pages", async () => {
      class OfPage extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { origin: new URL(publicUrl).origin });
        }
      }
      const url = `${base()}/graphql`.replace(/^http/, 'ws');
      const socket = createClient({ url, webSocketImpl: OfPage, retryAttempts: 0 });
      const results = [];
      for await (const { data } of socket.iterate({ query: '{ __typename }' })) results.push(data);
      await socket.dispose();
      expect(results).toEqual([{ __typename: 'Query' }]);
    });

    it('answers the REST routes, and names them', async () => {
      const body = JSON.stringify({ image: (await picture()).toString('base64') });
      const headers = { 'content-type': 'application/json' };
      const names = ['classify_image', 'road_segmentation', 'super_resolution', 'object_detection'];
      for (const name of names) {
        const response = await ask(`/${name}`, { method: 'POST', headers, body });
        expect([name, response.status]).toEqual([name, 200]);
        expect(Object.keys((await response.json()) as object)).toHaveLength(1);
        const wrong = await ask(`/${name}`);
        expect(wrong.status).toBe(405);
        expect(await wrong.text()).toContain(`POST ${publicUrl}/${name}`);
      }
    });

    it('answers the routes of operators', async () => {
      for (const route of ['/healthz', '/readyz', '/metrics']) {
        expect([route, (await ask(route)).status]).toEqual([route, 200]);
      }
    });

    it('tells where the service is to who asks for what is not there', async () => {
      const response = await ask('/nothing');
      expect([response.status, await response.json()]).toEqual([
        404,
        { code: 'NOT_FOUND', message: `Nothing is at this address. The service is at ${publicUrl}/graphql.` },
      ]);
    });

    it('is a server for the command line', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'okulo-nginx-'));
      const picture = resolve('images/super-resolution/street-corner.png');
      const { code } = await okulo(['super-resolve', picture, '--server', base()], {}, { cwd: folder });
      expect([code, await readdir(join(folder, 'okulo-out'))]).toEqual([
        0,
        ['street-corner.json', 'street-corner.x4.png'],
      ]);
      await rm(folder, { recursive: true });
    });
  });
});

describe.skipIf(inject('nginx') === null)('without PUBLIC_URL, behind nginx that strips a prefix', () => {
  let service: TestService;
  let nginx: TestNginx;
  let base: string;

  beforeAll(async () => {
    service = await startService();
    const port = await freePort();
    const place = { port, service: Number(new URL(service.url).port), prefix: '/vision', strips: true };
    nginx = await startNginx(documentedNginx(place));
    base = `http://127.0.0.1:${port}/vision`;
  });
  afterAll(async () => {
    await nginx.stop();
    await service.stop();
  });

  it.each(['/', '/graphql'])('the page %s finds all that it names', async (route) => {
    await expectParts(await fetch(`${base}${route}`, { headers: BROWSER }));
  });

  it('GraphQL and its WebSocket answer', async () => {
    const client = new GraphqlClient(base);
    const expected = { data: { __typename: 'Query' } };
    expect(await client.post('{ __typename }')).toMatchObject(expected);
    expect(await client.overSocket('{ __typename }')).toMatchObject(expected);
  });
});

/** Holds a page's own files against what the service says of files that never change. */
async function expectParts(page: Response): Promise<void> {
  expect(page.status).toBe(200);
  const named = [...(await page.text()).matchAll(/ (?:src|href)="([^"]+\.\w+)"/g)];
  expect(named.length).toBeGreaterThan(4);
  for (const [, address = ''] of named) {
    const { status, headers } = await fetch(new URL(address, page.url));
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  }
}
