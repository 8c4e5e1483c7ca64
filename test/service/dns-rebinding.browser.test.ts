/** A site that gives its own name this machine's address: its page is of one origin with the keyless service. */
import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { launchChromium } from '../kit/chromium.js';
import { freePort } from '../kit/redis-server.js';
import { startService, type TestService } from '../kit/service.js';
import { query, rest, subscription, type Result } from './foreign-page.js';

let service: TestService;
let port: number;
beforeAll(async () => {
  port = await freePort();
  // Whoever can reach it is served, so this counts as for a service on this machine alone.
  service = await startService({
    env: {
      PORT: String(port),
      ALLOWED_HOSTS: 'vision.test',
      PUBLIC_URL: 'http://public.test:8080',
      HOST: '0.0.0.0',
      ALLOW_ANONYMOUS: 'true',
    },
  });
});
afterAll(() => service.stop());

describe.skipIf(inject('chromium') === null)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(['--host-resolver-rules=MAP *.test 127.0.0.1']);
  });
  afterAll(() => browser.close());

  /** What the page of a site sees of the service under the site's own name. */
  async function seenFrom(name: string): Promise<Record<string, Result>> {
    const url = `http://${name}:${port}`;
    // The policy of our refusal is not that of the site's own page, which came before its name led here.
    const page: Page = await (await browser.newContext({ bypassCSP: true })).newPage();
    const opened = await page.goto(`${url}/`);
    const target = { url, image: '' };
    const seen = {
      page: { status: opened?.status() },
      query: await query(page, target),
      rest: await rest(page, target),
      subscription: await subscription(page, target, 'sr-none'),
    };
    await page.context().close();
    return seen;
  }

  it('a page of any site sees nothing', async () => {
    const refused = { status: 421, body: { code: 'HOST_NOT_ALLOWED' } };
    expect(await seenFrom('evil.test')).toMatchObject({
      page: { status: 421 },
      query: refused,
      rest: refused,
      subscription: { closed: 1006 },
    });
  });

  it.each(['vision.test', 'public.test', 'localhost', 'studio.localhost', '127.0.0.1'])(
    'a page of %s sees all',
    async (name) => {
      expect(await seenFrom(name)).toMatchObject({
        page: { status: 200 },
        query: { status: 200 },
        rest: { status: 400 },
        subscription: { payload: { errors: [{ extensions: { code: 'JOB_NOT_FOUND' } }] } },
      });
    },
  );
});

it('health and figures are told whoever asks', async () => {
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  for (const path of ['/healthz', '/readyz', '/metrics']) expect((await ask(path)).status).toBe(200);
});

it('a client that is no browser is refused too, over WebSocket as well, and the log names the variable', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
    headers: { host: 'other.test' },
  });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  expect(response.statusCode).toBe(421);
  socket.on('error', () => undefined).terminate();
  const line = /"code":"HOST_NOT_ALLOWED","host":"other\.test","msg":"[^"]*ALLOWED_HOSTS/;
  await vi.waitFor(() => expect(service.output()).toMatch(line));
});
