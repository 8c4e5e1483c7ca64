import { join } from 'node:path';
import type { Telemetry } from 'bullmq';
import { fixedKeyring, openKeyring, type Keyring } from './auth/keyring.js';
import type { Config } from './config.js';
import { messageOf } from './errors.js';
import { checkFolders } from './folders.js';
import { TURBO_FAULT } from './imaging/codec/jpeg/turbo.js';
import { modelBuilder } from './inference/model-builder.js';
import type { Runner } from './inference/runner.js';
import { openQueueBackend, type QueueBackend } from './queue/backend.js';
import type { Logger } from './observability/logger.js';
import { Metrics } from './observability/metrics.js';
import { memoryReader } from './observability/readings.js';
import { memoryLimit } from './platform/memory-limit.js';
import { Catalog } from './registry/catalog.js';
import type { Task } from './convert/parsers/parsers.js';
import { DiskStore } from './storage/disk.js';
import type { ObjectStore } from './storage/object-store.js';
import { usableStore } from './storage/probe.js';

/** What the API and the worker of a process share. */
export interface SharedResources {
  readonly catalog: Catalog;
  readonly backend: QueueBackend;
  readonly store: ObjectStore;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/**
 * @param telemetry carries traces through the queue
 * @throws ManifestError, UnusableFolder, UnusableQueue, UnusableStorage
 */
export async function openSharedResources(
  config: Config,
  log: Logger,
  telemetry?: Telemetry,
): Promise<SharedResources> {
  // First: of a full disk the queue and the store would each give a reason of their own.
  await checkFolders(config);
  if (TURBO_FAULT !== undefined) {
    log.warn({ reason: TURBO_FAULT }, 'small JPEG files take longer: their fast decoder cannot be loaded');
  }
  const [catalog, backend, store] = await Promise.all([
    Catalog.read(config.models.manifests, (warning) => log.warn(warning), config.tasks),
    openQueueBackend({
      url: config.queueUrl,
      dataDir: config.dataDir,
      template: config.queueTemplate,
      onError: (error) => log.warn({ err: error }, 'job queue'),
      telemetry,
    }),
    openStore(config),
  ]);
  const metrics = new Metrics({
    role: config.role === 'tool' ? 'serve' : config.role,
    onError: (error) => log.debug({ err: error }, 'some metrics could not be read'),
  });
  metrics.watch(memoryReader(memoryLimit()));
  return { catalog, backend, store, log, metrics };
}

async function openStore({ storage, dataDir }: Config): Promise<ObjectStore> {
  if (storage === undefined) return usableStore(new DiskStore(join(dataDir, 'objects')));
  // The SDK is read only where it is used: it takes a fifth of a second.
  const { openS3Store } = await import('./storage/s3-open.js');
  return openS3Store(storage);
}

/**
 * Prepares models and has the default ones of some tasks warm in every thread. A default that turns out not to
 * run is taken out of service, and the next in rank takes its place.
 * @param network whether models may be downloaded
 * @param ids the models to prepare; all of them unless said
 */
export async function prepareModels(
  { catalog, log }: Pick<SharedResources, 'catalog' | 'log'>,
  config: Config,
  options: { runner: Runner; tasks: readonly Task[]; network: boolean; ids?: readonly string[] },
): Promise<void> {
  const { runner, tasks, network, ids } = options;
  await catalog.prepare({ ...config.models, network }, modelBuilder(runner), ids);
  const warm = new Set<string>();
  for (;;) {
    const next = catalog.defaults(tasks).find(({ file }) => !warm.has(file));
    if (!next) return;
    warm.add(next.file);
    await runner.warm(next).catch(async (error: unknown) => {
      log.error({ err: error, model: next.id }, 'model does not run');
      await catalog.withdraw(
        next,
        `It was prepared, but does not run: ${messageOf(error)}. It is prepared anew at the next start.`,
      );
    });
  }
}

/** Undefined: no key is asked for. @throws KeyFileError */
export async function openKeys({ keys, keysFile }: Config, log: Logger): Promise<Keyring | undefined> {
  if (keys !== undefined) return fixedKeyring('API_KEYS', keys);
  if (keysFile === undefined) return undefined;
  return openKeyring(keysFile, {
    onError: (error) => log.error({ err: error }, 'the keys of before stay valid'),
  });
}
