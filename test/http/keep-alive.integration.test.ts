import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpServer, listen } from '../../src/http/server.js';

const SETTING_MS = 12_000;

test('an idle connection is open 5 s before its time is up, and is closed after it', async () => {
  const { app, server } = createHttpServer({ keepAliveTimeoutMs: SETTING_MS });
  app.use((_request, response) => void response.send('answer'));
  const port = await listen(server, '127.0.0.1', 0);
  onTestFinished(() => void server.close());
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  const closed = once(socket, 'close');
  const ask = async () => {
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [string];
    return answer;
  };
  expect(await ask()).toMatch(/^HTTP\/1\.1 200 [^]*\bKeep-Alive: timeout=12\r\n[^]*answer$/);

  // Longer than Node's own 5 s, and than the second more after which some versions of it close.
  await setTimeout(SETTING_MS - 5000);
  expect(await ask()).toMatch(/^HTTP\/1\.1 200 [^]*answer$/);

  const since = performance.now();
  await closed;
  const idle = performance.now() - since;
  expect(idle).toBeGreaterThan(SETTING_MS - 100);
  expect(idle).toBeLessThan(SETTING_MS + 5000);
}, 40_000);

test('a request whose head comes slowly has longer than an idle connection, and a body longer than a head', () => {
  for (const keepAliveTimeoutMs of [1000, 65_000, 3_600_000]) {
    const { server } = createHttpServer({ keepAliveTimeoutMs });
    expect(server.keepAliveTimeout).toBe(keepAliveTimeoutMs);
    expect(server.headersTimeout).toBeGreaterThan(keepAliveTimeoutMs);
    expect(server.requestTimeout).toBeGreaterThanOrEqual(server.headersTimeout);
    expect(server.requestTimeout).toBeGreaterThanOrEqual(300_000);
  }
});
