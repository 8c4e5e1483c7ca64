/** Pages of other origins in a browser: one that is allowed can do everything, and one that is not nothing. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { digestOfKey, newApiKey } from '../../src/auth/api-key.js';
import { changeKeyFile } from '../../src/auth/key-file.js';
import { launchChromium } from '../kit/chromium.js';
import { GraphqlClient } from '../kit/graphql-client.js';
import { submit } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { canvas, file, query, rest, subscription, upload, type Target } from './foreign-page.js';

const uploaded = z.object({
  status: z.literal(200),
  body: z.object({ data: z.object({ segmentRoad: z.object({ mask: z.object({ url: z.string() }) }) }) }),
});

describe.skipIf(inject('chromium') === null)('a page of another origin', () => {
  const cleanups: (() => unknown)[] = [];
  let browser: Browser;
  let keyless: TestService;
  let allowed: Page;
  let foreign: Page;
  let target: Target;
  let jobId: string;

  /** A server of one empty page, and that page in the browser. */
  async function pageServer(): Promise<{ origin: string; open: () => Promise<Page> }> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>An application</title>');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    cleanups.unshift(() => server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const open = async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(origin);
      return page;
    };
    return { origin, open };
  }

  beforeAll(async () => {
    browser = await launchChromium();
    cleanups.unshift(() => browser.close());
    const [application, other] = await Promise.all([pageServer(), pageServer()]);
    keyless = await startService({
      env: { ALLOWED_ORIGINS: application.origin, MAX_UPLOAD_BYTES: '200000' },
    });
    cleanups.unshift(() => keyless.stop());
    allowed = await application.open();
    foreign = await other.open();
    target = { url: keyless.url, image: (await picture({ width: 120, height: 80 })).toString('base64') };
    ({ id: jobId } = await submit(new GraphqlClient(keyless.url), {
      image: await picture({ width: 20, height: 10 }),
    }));
  });
  afterAll(async () => {
    for (const cleanup of cleanups) await cleanup();
  });

  describe('that is allowed', () => {
    it('queries, and reads errors', async () => {
      expect(await query(allowed, target)).toMatchObject({
        status: 200,
        body: { data: { __typename: 'Query' } },
      });
      expect(await query(allowed, target, '{ nothing }')).toMatchObject({
        status: 400,
        body: { errors: [{}] },
      });
    });

    it('uploads a file, draws the result into a canvas and reads it back', async () => {
      const { body } = uploaded.parse(await upload(allowed, target));
      const { url } = body.data.segmentRoad.mask;
      const drawn = await canvas(allowed, url);
      expect(drawn).toMatchObject({ width: 120, height: 80, pixel: [expect.any(Number), {}, {}, 255] });
      // From the browser's cache.
      expect(await canvas(allowed, url)).toEqual(drawn);
    });

    it('reads parts and tags of a file, and the answer that nothing has changed', async () => {
      const { body } = uploaded.parse(await upload(allowed, target));
      const { url } = body.data.segmentRoad.mask;
      const { etag, bytes } = await file(allowed, url);
      expect(etag).toMatch(/^"/);
      // Another address of the same file, which the browser has not kept.
      expect(await file(allowed, `${url}&again`, { range: 'bytes=0-9' })).toEqual({
        status: 206,
        bytes: 10,
        etag,
        range: `bytes 0-9/${String(bytes)}`,
      });
      expect(await file(allowed, url, { 'if-none-match': String(etag) })).toMatchObject({
        status: 304,
        etag,
      });
    });

    it('follows a job', async () => {
      expect(await subscription(allowed, target, jobId)).toEqual({
        payload: { data: { jobUpdated: { id: jobId } } },
      });
    });

    it('asks a REST route, and reads what is wrong', async () => {
      expect(await rest(allowed, target)).toMatchObject({
        status: 200,
        body: { img_class: expect.any(String) as unknown },
      });
      expect(await rest(allowed, target, 'application/json', 'nonsense!')).toMatchObject({ status: 400 });
      const large = Buffer.alloc(300_000).toString('base64');
      expect(await rest(allowed, target, 'application/json', large)).toMatchObject({
        status: 413,
        body: { message: expect.any(String) as unknown },
      });
    });
  });

  describe('that is not', () => {
    it('cannot query, upload or ask a REST route', async () => {
      const failed = { error: 'TypeError' };
      expect(await query(foreign, target)).toEqual(failed);
      expect(await upload(foreign, target)).toEqual(failed);
      expect(await rest(foreign, target)).toEqual(failed);
    });

    it('gets no work done by what a browser sends without asking leave', async () => {
      const decodes = async () => {
        const figures = await (await fetch(`${keyless.url}/metrics`)).text();
        return figures.split('\n').filter((line) => /^okulo_\w*(answer|decode)\w*[ {]/.test(line));
      };
      const before = await decodes();
      expect(before.length).toBeGreaterThan(0);
      const failed = { error: 'TypeError' };
      expect(await upload(foreign, target, false)).toEqual(failed);
      for (const type of ['', 'text/plain']) expect(await rest(foreign, target, type)).toEqual(failed);
      expect(await decodes()).toEqual(before);
    });

    it('cannot open a WebSocket', async () => {
      expect(await subscription(foreign, target, jobId)).toEqual({ closed: 1006 });
    });

    it('may show a result, and cannot read it', async () => {
      const { body } = uploaded.parse(await upload(allowed, target));
      const { url } = body.data.segmentRoad.mask;
      expect(await canvas(foreign, url)).toEqual({ error: 'not loaded' });
      expect(await file(foreign, url)).toEqual({ error: 'TypeError' });
      await foreign.setContent(`<img src="${url}">`);
      await expect
        .poll(() => foreign.locator('img').evaluate((image: { naturalWidth: number }) => image.naturalWidth))
        .toBe(120);
    });

    it('is named in the log, with what would allow it', () => {
      const origin = new URL(foreign.url()).origin;
      const lines = keyless
        .output()
        .split('\n')
        .filter((line) => line.includes('ORIGIN_NOT_ALLOWED'));
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        level: 40,
        origin,
        msg: expect.stringContaining('ALLOWED_ORIGINS') as unknown,
      });
    });
  });

  it('of any origin needs a key where * is allowed, and gets everything with it', async () => {
    const key = newApiKey();
    const folder = await mkdtemp(join(tmpdir(), 'okulo-origins-'));
    const keys = join(folder, 'keys.json');
    await changeKeyFile(keys, () => [
      { name: 'alice', sha256: digestOfKey(key), createdAt: new Date().toISOString() },
    ]);
    const service = await startService({ env: { API_KEYS_FILE: keys, ALLOWED_ORIGINS: '*' } });
    try {
      const keyed = { ...target, url: service.url };
      expect(await query(foreign, keyed)).toMatchObject({
        status: 401,
        body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
        authenticate: expect.stringMatching(/^Bearer/) as unknown,
      });
      expect(await query(foreign, { ...keyed, key })).toMatchObject({ status: 200 });
      expect(await subscription(foreign, keyed, 'sr-none')).toEqual({ closed: 4401 });
      expect(await subscription(foreign, { ...keyed, key }, 'sr-none')).toMatchObject({
        payload: { errors: [{ extensions: { code: 'JOB_NOT_FOUND' } }] },
      });
    } finally {
      await service.stop();
      await rm(folder, { recursive: true });
    }
  });
});
