import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from './config.js';
import { Lifecycle } from './http/lifecycle.js';
import { startWorkerServer, type WorkerServer } from './http/worker-server.js';
import { openKeys, prepareModels, type SharedResources } from './shared-resources.js';
import { modelBuilder } from './inference/model-builder.js';
import { startRunner } from './inference/runner.js';
import { THREAD_FILE } from './inference/thread-file.js';
import { Consumer } from './jobs/worker/consumer.js';
import { DecodedImageCache } from './jobs/worker/decoded-image-cache.js';
import { sweepScratch } from './jobs/worker/scratch.js';
import { TaskProtection } from './jobs/worker/task-protection.js';
import type { Logger } from './observability/logger.js';
import { countAnswers, observeStages } from './observability/inference-metrics.js';
import { poolReader, workerReader } from './observability/readings.js';
import { tellJobs } from './observability/tell-job.js';
import { readinessChecks } from './readiness.js';
import { JOB_TASKS } from './tasks/tasks.js';

/** The part of a process that carries out jobs. */
export interface Worker {
  /** Where its health and its metrics are; undefined where it shares a process with an API. */
  readonly url: string | undefined;
  /** Gives the jobs in hand back to the queue and ends the threads. */
  stop(reason: string): Promise<void>;
}

/** Fast, local, and as large as a few pictures. */
const SCRATCH = join(tmpdir(), `okulo-scratch-${process.getuid?.() ?? 0}`);
/** Heavy work yields to everything else on the machine. */
const NICENESS = 10;

export async function startWorker(config: Config, resources: SharedResources): Promise<Worker> {
  const { catalog, backend, store, log, metrics } = resources;
  const lifecycle = new Lifecycle();
  // An API in the same process answers for both.
  const server = config.role === 'worker' ? await startServer(config, resources, lifecycle) : undefined;
  const runner = startRunner({
    threadFile: THREAD_FILE,
    threads: config.superResolution.threads,
    intraOpThreads: config.inference.intraOpThreads,
    niceness: NICENESS,
    // Jobs wait in the queue, not here.
    maxWait: Number.POSITIVE_INFINITY,
    onError: (error) => log.error({ err: error }, 'inference thread ended'),
    onAnswered: countAnswers(metrics, 'jobs'),
  });
  metrics.watch(poolReader('jobs', runner));
  await prepareModels(resources, config, { runner, tasks: JOB_TASKS, network: false });
  await sweepScratch(SCRATCH);
  const protection = taskProtection(config, log);
  const consumer = await Consumer.start(backend, {
    ...(protection && { protect: (work) => protection.during(work) }),
    runner,
    store,
    images: new DecodedImageCache(runner, store),
    scratchDir: SCRATCH,
    onTile: (jobId, { name, model, waited, took }) => {
      log.debug({ jobId, tile: name }, 'tile done');
      metrics.count('okulo_tiles_total', { model });
      observeStages(metrics, model, { queue: waited, inference: took });
    },
    model: async (id) => {
      // An API process, or an operator, may have brought it since this process began; or it is to be fetched.
      if (catalog.find(id)?.availability.status !== 'READY')
        await catalog.prepare(config.models, modelBuilder(runner), [id]);
      return catalog.resolve('SUPER_RESOLVE', id);
    },
    onFailed: (jobId, error) => log.warn({ err: error, jobId }, 'job attempt failed'),
    ...tellJobs(log, metrics),
  });
  metrics.watch(workerReader(consumer, () => backend.check()));
  lifecycle.ready();
  return {
    url: server?.url,
    stop: async (reason) => {
      lifecycle.stopping(reason);
      await consumer.stop();
      await protection?.stop();
      await runner.stop();
      await server?.stop();
    },
  };
}

/** Undefined elsewhere than on ECS. */
function taskProtection({ ecsAgentUri: agentUri }: Config, log: Logger): TaskProtection | undefined {
  if (agentUri === undefined) return undefined;
  return new TaskProtection({
    agentUri,
    onTurn: (failure) => {
      if (failure === undefined) log.info('the task is protected again while it has jobs');
      else log.warn({ err: failure }, 'the task cannot be protected while it has jobs');
    },
  });
}

async function startServer(
  config: Config,
  resources: SharedResources,
  lifecycle: Lifecycle,
): Promise<WorkerServer> {
  const { log, metrics } = resources;
  const checks = readinessChecks(resources);
  const { host, workerPort, keepAliveTimeoutMs, metricsKey } = config;
  const keyring = await openKeys(config, log);
  return startWorkerServer({
    host,
    ...workerPort,
    keepAliveTimeoutMs,
    lifecycle,
    checks,
    metrics,
    keyring,
    metricsKey,
    log,
  });
}
