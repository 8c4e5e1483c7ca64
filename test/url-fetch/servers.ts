import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TestServer {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  readonly port: number;
  readonly connections: () => number;
}

/** An HTTP server on a free port, for the length of the running test. */
export async function serveHttp(listener: RequestListener): Promise<TestServer> {
  return await start(createHttpServer(listener));
}

/** A server that answers every request with bytes of the test's choice, valid HTTP or not. */
export async function serveRaw(answer: (socket: Socket) => void): Promise<TestServer> {
  return await start(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    }),
  );
}

async function start(server: Server): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket.once('close', () => sockets.delete(socket)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { host: `127.0.0.1:${port}`, port, connections: () => connections };
}

/** An event that one part of a test reports and another awaits. */
export function awaitable(): { readonly happened: Promise<void>; readonly happen: () => void } {
  let settle = (): void => undefined;
  const happened = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { happened, happen: () => settle() };
}
