import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { metricsReaders } from './auth/metrics-key.js';
import type { Config } from './config.js';
import { concernsOperator } from './errors.js';
import { openKeys, prepareModels, type SharedResources } from './shared-resources.js';
import { createEngine } from './graphql/engine.js';
import { Publisher } from './service/publisher.js';
import type { Services } from './service/services.js';
import { admission } from './http/admission.js';
import { compressAnswers } from './http/compress.js';
import { fileRoutes } from './http/files.js';
import { graphqlHttp } from './http/graphql-http.js';
import { graphqlWs } from './http/graphql-ws.js';
import { closeWhenStopping, healthRoutes } from './http/health.js';
import { Lifecycle } from './http/lifecycle.js';
import { metricsRoutes } from './http/metrics.js';
import { rootFields } from './http/operation-facts.js';
import { pageRoutes } from './http/pages.js';
import { serveBeneath } from './http/prefix.js';
import { restRoutes } from './http/rest/rest.js';
import { addressOf, createHttpServer, listen, mount } from './http/server.js';
import { startRunner } from './inference/runner.js';
import { THREAD_FILE } from './inference/thread-file.js';
import { SuperResolutionJobs } from './jobs/api/super-resolution-jobs.js';
import { countAnswers, observeStages } from './observability/inference-metrics.js';
import { poolReader, queueReader } from './observability/readings.js';
import { tellOperation } from './observability/tell-operation.js';
import { ModelDownloads } from './registry/model-downloads.js';
import { withoutRepeats } from './platform/repeats.js';
import { pathOf } from './public-url.js';
import { readinessChecks } from './readiness.js';
import { createImageFetcher } from './url-fetch/image-fetcher.js';
import { GRAPHQL_PATH, REST_PATHS, routeName, taskPath } from './routes.js';
import { loadOrCreateSecret } from './storage/secret.js';
import { createSigner } from './storage/signed-address.js';
import { startSweeper } from './storage/sweeper.js';
import { ANALYSIS_TASKS } from './tasks/tasks.js';

/** The part of a process that answers requests. */
export interface Api {
  /** What clients reach it by. */
  readonly url: string;
  /** Starts what must not delay the first answer. */
  afterStart(): Promise<void>;
  /** Answers what is under way, turns away the rest, and closes everything. */
  stop(reason: string): Promise<void>;
}

/** Each request that fails of the same outage would say the same of it. */
const OUTAGE_EVERY_MS = 1000;
const SWEEP_EVERY_MS = 10 * 60 * 1000;
/** What pages of other origins may use, where they are allowed to. */
const METHODS = {
  '/graphql': 'GET, POST',
  '/files': 'GET, HEAD',
  ...Object.fromEntries(REST_PATHS.map((path) => [path, 'POST'])),
};

export async function startApi(config: Config, resources: SharedResources): Promise<Api> {
  const { catalog, backend, store, log, metrics } = resources;
  const lifecycle = new Lifecycle();
  const runner = startRunner({
    threadFile: THREAD_FILE,
    threads: config.inference.threads,
    intraOpThreads: config.inference.intraOpThreads,
    niceness: 5,
    maxWait: config.inference.maxWait,
    onError: (error) => log.error({ err: error }, 'inference thread ended'),
    onAnswered: countAnswers(metrics, 'answers'),
  });
  metrics.watch(poolReader('answers', runner));
  const tasks = ANALYSIS_TASKS.filter((task) => config.tasks.includes(task));
  const [engine, jobs, secret, keyring] = await Promise.all([
    createEngine(catalog),
    SuperResolutionJobs.open(backend, {
      store,
      ttlMs: config.resultTtlMs,
      tileEdge: config.superResolution.tileEdge,
      maxWork: config.superResolution.maxWaitingWork,
    }),
    config.signingSecret ?? loadOrCreateSecret(join(config.dataDir, 'secret')),
    openKeys(config, log),
    prepareModels(resources, config, { runner, tasks, network: false }),
  ]);

  metrics.watch(queueReader(() => jobs.load()));

  const signer = createSigner(secret);
  const fetcher = createImageFetcher({
    ...config.urlFetch,
    maxBytes: config.limits.uploadBytes,
    maxRedirects: 3,
  });
  const { publicUrl = '' } = config;
  let url = publicUrl;
  const services: Services = {
    catalog,
    runner,
    jobs,
    store,
    publisher: new Publisher(store, signer, { ttlMs: config.resultTtlMs, baseUrl: () => url }),
    downloads: new ModelDownloads({
      catalog,
      prepare: (id) => prepareModels(resources, config, { runner, tasks, network: true, ids: [id] }),
      refusal: downloadRefusal(config),
      onError: (error) => log.error({ err: error }, 'a model could not be prepared'),
    }),
    fetchImage: (address, signal) => fetcher.fetch(address, signal),
    onStages: (model, times) => observeStages(metrics, model, times),
    limits: { ...config.limits, superResolutionPixels: config.superResolution.maxPixels },
  };

  const { app, server } = createHttpServer(config);
  const outage = withoutRepeats(
    (error) => log.warn({ err: error }, 'a part of the service does not work'),
    OUTAGE_EVERY_MS,
  );
  const report = (error: unknown, path: unknown) => {
    if (concernsOperator(error)) outage(error);
    else log.error({ err: error, path }, 'request failed');
  };
  const { router: admitted, refusedUpgrade } = admission({
    keyless: keyring === undefined,
    host: config.host,
    publicUrl: config.publicUrl,
    hosts: config.allowedHosts,
    origins: config.allowedOrigins,
    methods: METHODS,
    log,
  });
  const paths = [GRAPHQL_PATH, ...config.tasks.map(taskPath)];
  const tell = tellOperation(
    log,
    metrics,
    new Set([...rootFields(engine.schema), ...REST_PATHS.map(routeName)]),
  );
  const protocol = { engine, services, keyring, server, paths, report, tell };
  const ws = graphqlWs({ ...protocol, refusedUpgrade });
  const http = await graphqlHttp({ ...config.limits, ...protocol });
  mount(
    app,
    [
      admitted,
      serveBeneath(server, publicUrl === '' ? '' : pathOf(new URL(publicUrl))),
      closeWhenStopping(lifecycle),
      healthRoutes(lifecycle, readinessChecks(resources)),
      // Files are pictures, and are sent in parts.
      fileRoutes({ store, signer }),
      compressAnswers(),
      metricsRoutes(metrics, metricsReaders(keyring, config.metricsKey)),
      pageRoutes({ studioDir: config.studioDir, imageOrigin: () => services.publisher.origin() }),
      restRoutes({ ...config.limits, services, tasks: config.tasks, keyring, report, tell, publicUrl }),
      http.router,
    ],
    { log, publicUrl },
  );
  const port = await listen(server, config.host, config.port);
  url ||= addressOf(config.host, port);
  const sweeper = startSweeper(store, {
    ttlMs: config.resultTtlMs,
    everyMs: SWEEP_EVERY_MS,
    onError: (error) => log.warn({ err: error }, 'expired files could not be removed'),
  });
  lifecycle.ready();

  return {
    url,
    afterStart: () =>
      config.models.network
        ? prepareModels(resources, config, { runner, tasks, network: true })
        : Promise.resolve(),
    stop: async (reason) => {
      lifecycle.stopping(reason);
      // A balancer looks every few seconds, and sends requests until it has seen that this one is not ready.
      await delay(config.shutdownDelayMs);
      await ws.stop();
      await http.stop();
      await sweeper.stop();
      await jobs.close();
      keyring?.close();
      await fetcher.close();
      await runner.stop();
    },
  };
}

/** Why this service fetches no models when it is asked to; undefined where it does. */
function downloadRefusal({ role, models }: Config): string | undefined {
  const command = "Run 'okulo models prepare <id>' where MODEL_CACHE is, then start it anew.";
  if (role !== 'serve')
    return `This service answers requests only, and its workers would not know of the model. ${command}`;
  if (!models.network) return `Downloads are switched off (MODEL_DOWNLOADS=off). ${command}`;
  return undefined;
}
