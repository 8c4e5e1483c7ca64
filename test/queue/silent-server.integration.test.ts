import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openQueueBackend, UnusableQueue } from '../../src/queue/backend.js';

/** Takes connections and never says a word, like a wrong port or a firewall in between. */
async function silentServer(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

test.each(['redis', 'postgres'])('%s: a server that does not speak is refused in time', async (scheme) => {
  const url = `${scheme}://127.0.0.1:${await silentServer()}/0`;
  const startedAt = performance.now();
  await expect(openQueueBackend({ url, dataDir: '/nowhere', onError: () => undefined })).rejects.toThrow(
    UnusableQueue,
  );
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
