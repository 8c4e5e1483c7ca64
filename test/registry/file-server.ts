import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';

export interface FileServer {
  /** Like `http://127.0.0.1:12345`. */
  readonly url: string;
  /** The paths that were asked for, in their order. */
  readonly asked: string[];
}

/** An HTTP server that ends with the running test, whatever state its connections are in. */
export async function serve(listener: RequestListener): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return { url: `http://127.0.0.1:${address.port}`, asked };
}
