import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../observability/logger.js';
import { hasErrno } from '../platform/errno.js';
import { requestErrors } from './request-errors.js';
import { requestIds } from './request-log.js';
import { traceRequests } from './trace-requests.js';

/** The HTTP server and the application that answers on it. */
export interface HttpServer {
  readonly app: Express;
  readonly server: Server;
}

/** Beyond `keepAliveTimeoutMs`: a request that begins just before the socket would have been closed has this long. */
const HEADERS_AFTER_MS = 5000;
/** From the first byte of a request to its last: a large upload on a slow line. */
const REQUEST_LIMIT_MS = 300_000;

/**
 * @param keepAliveTimeoutMs how long an idle connection stays open. It has to be more than the idle time of whatever
 *   stands in front: a load balancer that sends a request into a connection as it closes answers 502
 */
export function createHttpServer({ keepAliveTimeoutMs }: { keepAliveTimeoutMs: number }): HttpServer {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(requestIds);
  app.use(traceRequests);
  // Pages set a policy of their own; what is not a page needs none that is looser than this.
  app.use(helmet({ strictTransportSecurity: false }));
  const headersTimeout = keepAliveTimeoutMs + HEADERS_AFTER_MS;
  const server = createServer(
    {
      keepAliveTimeout: keepAliveTimeoutMs,
      headersTimeout,
      requestTimeout: Math.max(REQUEST_LIMIT_MS, headersTimeout),
    },
    app,
  );
  return { app, server };
}

export interface MountOptions {
  readonly log: Logger;
  /** What clients reach the service by, without a slash at its end; '' where nobody has said. */
  readonly publicUrl: string;
}

/** Puts the routes in their order; errors come last. */
export function mount(app: Express, routers: readonly Router[], { log, publicUrl }: MountOptions): void {
  for (const router of routers) app.use(router);
  app.use((_request, response) => {
    const message = `Nothing is at this address. The service is at ${publicUrl}/graphql.`;
    response.status(404).json({ code: 'NOT_FOUND', message });
  });
  app.use(requestErrors(log));
}

/**
 * Starts listening.
 * @returns the port, which the system chooses when 0 was asked for
 * @throws Error that says what is wrong with the address
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const reason = hasErrno(cause, 'EADDRINUSE')
      ? 'something else listens there already. Set PORT to another one'
      : String(cause);
    throw new ListenError(`The service cannot listen on ${host}:${port}: ${reason}.`, { cause });
  }
  return (server.address() as AddressInfo).port;
}

export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** What to reach the service by from this machine: an address that stands for all of its own is none to go to. */
export function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
