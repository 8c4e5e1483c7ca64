/** A browser's subscriptions through nginx, which tells the service another host than the browser asked for. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from '../kit/chromium.js';
import { GraphqlClient } from '../kit/graphql-client.js';
import { startNginx, type TestNginx } from '../kit/nginx.js';
import { freePort } from '../kit/redis-server.js';
import { submit } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { query, subscription, upload } from './foreign-page.js';

const SOCKETS =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;';

describe.skipIf(inject('chromium') === null || inject('nginx') === null)('through nginx', () => {
  let browser: Browser;
  let service: TestService;
  let nginx: TestNginx;
  let publicUrl: string;
  let jobId: string;

  beforeAll(async () => {
    const [port, behind] = [await freePort(), await freePort()];
    publicUrl = `http://127.0.0.1:${port}`;
    const location = (path: string, host: string) =>
      `location /${path}/ { proxy_pass http://127.0.0.1:${behind}/; ${SOCKETS} ${host} }`;
    [browser, service, nginx] = await Promise.all([
      launchChromium(),
      startService({ env: { PORT: String(behind), PUBLIC_URL: publicUrl } }),
      startNginx(
        `server { listen 127.0.0.1:${port}; ${location('plain', '')} ${location('host', 'proxy_set_header Host $host;')} }`,
      ),
    ]);
    const image = await picture({ width: 20, height: 10 });
    ({ id: jobId } = await submit(new GraphqlClient(`http://127.0.0.1:${behind}`), { image }));
  });
  afterAll(async () => {
    await browser.close();
    await nginx.stop();
    await service.stop();
  });

  it.each([
    ['the host is that of the service', 'plain'],
    ['the host has lost its port', 'host'],
  ])('where %s, a page of PUBLIC_URL does everything', async (_what, path) => {
    const page = await browser.newPage();
    const url = `${publicUrl}/${path}`;
    const opened = await page.goto(`${url}/`);
    expect(opened?.status()).toBe(200);
    const target = { url, image: (await picture()).toString('base64') };
    expect(await query(page, target)).toMatchObject({ status: 200 });
    expect(await upload(page, target)).toMatchObject({ status: 200 });
    expect(await subscription(page, target, jobId)).toEqual({
      payload: { data: { jobUpdated: { id: jobId } } },
    });
    await page.close();
  });

  it('a page of another site does nothing', async () => {
    // The policy of the page that stands in for another site's is not that site's.
    const page = await browser.newPage({ bypassCSP: true });
    // Of another origin, though of the same machine.
    await page.goto(`${publicUrl.replace('127.0.0.1', 'localhost')}/plain/healthz`);
    const target = { url: `${publicUrl}/host`, image: '' };
    expect(await query(page, target)).toEqual({ error: 'TypeError' });
    expect(await subscription(page, target, jobId)).toEqual({ closed: 1006 });
    await page.close();
  });
});
