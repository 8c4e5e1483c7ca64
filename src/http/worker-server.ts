import type { Server } from 'node:http';
import type { Keyring } from '../auth/keyring.js';
import { metricsReaders } from '../auth/metrics-key.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { healthRoutes } from './health.js';
import type { Lifecycle } from './lifecycle.js';
import { metricsRoutes } from './metrics.js';
import { addressOf, createHttpServer, listen, ListenError, mount } from './server.js';

export interface WorkerServerOptions {
  readonly host: string;
  readonly port: number;
  /** Whether another port will do where this one is taken: several workers on one machine. */
  readonly orAnother: boolean;
  readonly keepAliveTimeoutMs: number;
  readonly lifecycle: Lifecycle;
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  readonly metrics: Pick<Metrics, 'text' | 'mediaType'>;
  readonly keyring: Keyring | undefined;
  /** Opens the metrics beside the keys of `keyring`. */
  readonly metricsKey: string | undefined;
  readonly log: Logger;
}

export interface WorkerServer {
  /** What it is reached by from this machine. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * What a process that only does jobs answers: its health, and its metrics.
 * @throws ListenError
 */
export async function startWorkerServer(options: WorkerServerOptions): Promise<WorkerServer> {
  const { lifecycle, checks, metrics, keyring, metricsKey, log } = options;
  const readers = metricsReaders(keyring, metricsKey);
  const { app, server } = createHttpServer(options);
  mount(app, [healthRoutes(lifecycle, checks), metricsRoutes(metrics, readers)], { log, publicUrl: '' });
  const port = await listenSomewhere(server, options);
  return {
    url: addressOf(options.host, port),
    stop: () =>
      new Promise((closed) => {
        keyring?.close();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function listenSomewhere(
  server: Server,
  { host, port, orAnother, log }: WorkerServerOptions,
): Promise<number> {
  try {
    return await listen(server, host, port);
  } catch (error) {
    if (!orAnother || !(error instanceof ListenError)) throw error;
    const other = await listen(server, host, 0);
    log.info({ port: other }, `port ${port} is taken: health and metrics of this worker are at another one`);
    return other;
  }
}
