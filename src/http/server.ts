import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../observability/logger.js';
import { requestErrors } from './request-errors.js';

/** The HTTP server and the application that answers on it. */
export interface HttpServer {
  readonly app: Express;
  readonly server: Server;
}

export function createHttpServer(): HttpServer {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // Pages set a policy of their own; what is not a page needs none that is looser than this.
  app.use(helmet({ strictTransportSecurity: false }));
  return { app, server: createServer(app) };
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
    const message = `There is nothing here. The service is at ${publicUrl}/graphql.`;
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
    const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    const reason = inUse ? 'something else listens there already. Set PORT to another one' : String(cause);
    throw new ListenError(`The service can not listen on ${host}:${port}: ${reason}.`, { cause });
  }
  return (server.address() as AddressInfo).port;
}

export class ListenError extends Error {
  override readonly name = 'ListenError';
}
