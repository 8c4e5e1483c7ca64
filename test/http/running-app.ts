import { once } from 'node:events';
import { Writable } from 'node:stream';
import type { Router } from 'express';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createHttpServer, listen, mount } from '../../src/http/server.js';

export interface RunningApp {
  /** Like `http://127.0.0.1:12345`. */
  readonly url: string;
  /** What it has logged, line by line. */
  readonly logged: string[];
}

/** The service's own application with only these routes; it ends with the running test. */
export async function runApp(routers: readonly Router[]): Promise<RunningApp> {
  const logged: string[] = [];
  const lines = new Writable({
    write(line: Buffer, _encoding, done) {
      logged.push(line.toString());
      done();
    },
  });
  const { app, server } = createHttpServer({ keepAliveTimeoutMs: 5000 });
  mount(app, routers, { log: pino(lines), publicUrl: '' });
  const port = await listen(server, '127.0.0.1', 0);
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return { url: `http://127.0.0.1:${port}`, logged };
}
