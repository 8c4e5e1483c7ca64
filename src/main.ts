import 'reflect-metadata';
import { KeyFileError } from './auth/key-file.js';
import { startApi, type Api } from './api.js';
import { ConfigError, readConfig, ROLES, type Config, type Role } from './config.js';
import { describeFatalError } from './errors.js';
import { openSharedResources, type SharedResources } from './shared-resources.js';
import { ListenError } from './http/server.js';
import { UnusableQueue } from './queue/backend.js';
import { UnusableFolder } from './platform/folder-check.js';
import type { Tracing } from './observability/start-tracing.js';
import { createLogger, type Logger } from './observability/logger.js';
import { ManifestError } from './registry/manifest.js';
import { UnusableStorage } from './storage/storage-error.js';
import { isJobTask } from './tasks/job-tasks.js';
import { startupBanner } from './startup-banner.js';
import { startWorker, type Worker } from './worker.js';

/** What a person can put right. */
const PLAIN = [
  ConfigError,
  KeyFileError,
  ManifestError,
  UnusableFolder,
  UnusableQueue,
  UnusableStorage,
  ListenError,
];

/** Resolves when `okulo serve`, which has started this process, is gone: killed, it could not pass that on. */
const parentGone = new Promise<void>((resolve) => process.once('disconnect', resolve));

async function main(): Promise<void> {
  const config = readConfig(roleOf(process.argv[2]));
  const log = createLogger(config.logLevel);
  const tracing = await startTracing(config, log);
  const resources = await openSharedResources(config, log, tracing?.telemetry);
  const running = await start(config, resources);
  stopOnSignal(config, resources, { ...running, tracing }, log);
  process.stdout.write(`${startupBanner(config, resources, running, process.uptime())}\n`);
  await running.api?.afterStart();
}

interface Running {
  readonly api: Api | undefined;
  readonly worker: Worker | undefined;
}

/** Undefined where traces go nowhere: the SDK is read only where it is used. */
async function startTracing({ role, tracing }: Config, log: Logger): Promise<Tracing | undefined> {
  if (tracing === undefined) return undefined;
  const sdk = await import('./observability/start-tracing.js');
  return sdk.startTracing({ serviceName: `okulo-${role}`, ...tracing, log });
}

async function start(config: Config, resources: SharedResources): Promise<Running> {
  const [api, worker] = await Promise.all([
    config.role === 'worker' ? undefined : startApi(config, resources),
    config.role === 'api' || !config.tasks.some(isJobTask) ? undefined : startWorker(config, resources),
  ]);
  return { api, worker };
}

/** The first signal ends the process in good order within its time; a second one, or too much time, ends it at once. */
function stopOnSignal(
  config: Config,
  { backend }: SharedResources,
  { api, worker, tracing }: Running & { readonly tracing: Tracing | undefined },
  log: Logger,
): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, config.shutdownTimeoutMs).unref();
    await Promise.all([api?.stop(signal), worker?.stop(signal)]);
    await backend.close();
    await tracing?.stop();
    log.info('stopped');
    process.exit(0);
  };
  const stopFor = (reason: string): void => {
    stop(reason).catch((error: unknown) => {
      log.fatal({ err: error }, 'stopping failed');
      process.exit(1);
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopFor(signal));
  void parentGone.then(() => {
    if (!stopping) stopFor('disconnect');
  });
}

function roleOf(argument = 'serve'): Role {
  const role = ROLES.find((known) => known === argument);
  if (role) return role;
  throw new ConfigError(`Expected one of ${ROLES.join(', ')} as first argument, and '${argument}' came.`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeFatalError(error, PLAIN)}\n`);
  process.exit(1);
});
