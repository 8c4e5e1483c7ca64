import { once } from 'node:events';
import { connect } from 'node:net';
import express, { Router } from 'express';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { serveBeneath } from '../../src/http/prefix.js';

/** A server whose only route answers with the address that it sees. @returns its port */
async function serve(prefix: string): Promise<number> {
  const app = express();
  const server = createServer(app);
  app.use(serveBeneath(server, prefix));
  app.use(Router().use((request, response) => void response.send(request.url)));
  server.on('upgrade', (request, socket) => {
    socket.end(`HTTP/1.1 426 Upgrade Required\r\nConnection: close\r\n\r\n${request.url}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('expected a TCP address');
  return address.port;
}

/** What comes for a target exactly as it is written here. */
async function answer(port: number, target: string, headers = '', method = 'GET') {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: x\r\n${headers || 'Connection: close\r\n'}\r\n`);
  let text = '';
  for await (const part of socket) text += String(part);
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { head, body };
}

test.each([
  ['/vision', '/vision/', '/'],
  ['/vision', '/vision/graphql?a=/b?c', '/graphql?a=/b?c'],
  ['/vision', '/vision/?a', '/?a'],
  ['/vision', '/vision//graphql', '//graphql'],
  ['/vision', '/graphql', '/graphql'],
  ['/vision', '/visionary/graphql', '/visionary/graphql'],
  ['/vision', '/Vision/graphql', '/Vision/graphql'],
  ['/vision', '/vision/vision/', '/vision/'],
  ['/vision', '/?/vision/', '/?/vision/'],
  ['/vision', '/%zz/x', '/%zz/x'],
  ['/vision', '/vision/%zz', '/%zz'],
  ['/a/b', '/a/b/c', '/c'],
  ['/a/b', '/a/c', '/a/c'],
  ['/caf%C3%A9/a%20b', '/caf%c3%a9/a%20b/files/x%2Fy', '/files/x%2Fy'],
  ['/caf%C3%A9', '/c%61f%C3%A9/x', '/x'],
  ['/(x):y*', '/(x):y*/z', '/z'],
  ['/studio', '/studio/assets/a.js', '/studio/assets/a.js'],
  ['/studio', '/studio/studio/assets/a.js', '/studio/assets/a.js'],
  ['', '/vision/graphql', '/vision/graphql'],
])('with the prefix %j, %s is seen as %s, by WebSockets too', async (prefix, asked, seen) => {
  const port = await serve(prefix);
  expect((await answer(port, asked)).body).toBe(seen);
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  expect((await answer(port, asked, upgrade)).body).toBe(seen);
});

test.each([
  ['/vision', '/vision', '/vision/'],
  ['/vision', '/vision?a=1', '/vision/?a=1'],
  ['/a/b%20c', '/a/b%20c', '/a/b%20c/'],
  ['/studio', '/studio', '/studio/'],
])('with the prefix %s, %s leads to %s', async (prefix, asked, location) => {
  const { head } = await answer(await serve(prefix), asked);
  expect(head).toMatch(/^HTTP\/1\.1 302 /);
  expect(head).toContain(`\r\nLocation: ${location}\r\n`);
});

test('what is sent to the prefix itself is not led anywhere', async () => {
  expect((await answer(await serve('/vision'), '/vision', '', 'POST')).body).toBe('/vision');
});
