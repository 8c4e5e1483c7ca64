import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@urql/core';
import { readConfig, type Config } from './config.js';
import { modelBuilder } from './inference/model-builder.js';
import { startRunner, type Runner } from './inference/runner.js';
import { THREAD_FILE } from './inference/thread-file.js';
import type { Surroundings } from './local/answers.js';
import { unusableTemporaryFolder } from './folders.js';
import { prepareFor } from './local/ready-model.js';
import { Catalog } from './registry/catalog.js';
import type { Task } from './convert/parsers/parsers.js';
import type { OnProgress } from './registry/progress.js';
import { DiskStore } from './storage/disk.js';
import { isJobTask } from './tasks/job-tasks.js';

/** A whole service within one command: no server, and nothing that stays. */
export interface LocalService {
  readonly client: Client;
  readonly threads: number;
  /** The bytes behind an address that it has given. */
  download(url: string): Promise<Uint8Array>;
  /** Ends the threads and removes everything that was stored. */
  close(): Promise<void>;
}

export interface LocalOptions {
  /** What it will be asked: of each task the model to use, its default unless said. No others are prepared. */
  readonly models: readonly { readonly task: Task; readonly model: string | undefined }[];
  /** How many there will be. */
  readonly pictures: number;
  readonly onModel: OnProgress;
  /** Told of defects. */
  readonly report: (error: unknown) => void;
}

/** Starts what one kind of question takes, and a queue only for jobs. @throws ConfigError, ManifestError, UnusableFolder, UnusableQueue */
export async function startLocal(options: LocalOptions): Promise<LocalService> {
  const { models, onModel, report } = options;
  const config = readConfig('tool');
  // The threads read their libraries while this one reads its own.
  const runner = startThreads(config, options);
  const answers = Promise.all([import('./local/answers.js'), import('./graphql/engine.js')]);
  const [catalog, data] = await Promise.all([Catalog.read(config.models.manifests), temporaryFolder()]);
  const store = new DiskStore(join(data.path, 'objects'));
  const builder = { ...modelBuilder(runner), onProgress: onModel };
  const ready = Promise.all(
    models.map(({ task, model }) => prepareFor(task, model, { catalog, sources: config.models, builder })),
  );
  const [[{ answeringClient }, { createEngine }], queue] = await Promise.all([
    answers,
    models.some(({ task }) => isJobTask(task))
      ? startQueue(config, { catalog, runner, store, report }, data.path)
      : undefined,
    ready,
  ]);
  const fetcher = imageFetcher(config);
  const client = answeringClient(
    await createEngine(catalog),
    {
      ...{ catalog, runner, store },
      jobs: queue?.jobs,
      downloads: NO_DOWNLOADS,
      fetchImage: fetcher.fetch,
      limits: { ...config.limits, superResolutionPixels: config.superResolution.maxPixels },
    },
    report,
  );
  return {
    client,
    threads: runner.threads,
    download: async (url) => {
      const bytes = await store.get(new URL(url).pathname.replace(/^\/files\//, ''));
      if (bytes) return bytes;
      throw new Error(`Nothing is stored for ${url}`);
    },
    close: async () => {
      await queue?.stop();
      await Promise.all([fetcher.close(), runner.stop()]);
      await data.remove();
    },
  };
}

/** A command fetches the models that it names before it asks anything. */
const NO_DOWNLOADS = {
  start: () => {
    throw new Error('No command asks for this');
  },
};

/** A thread takes most of a second of a core to start, and a picture a tenth: few pictures are done sooner by one. */
const PICTURES_PER_THREAD = 4;

function startThreads({ inference }: Config, { models, pictures, report }: LocalOptions): Runner {
  const useful = models.some(({ task }) => isJobTask(task))
    ? inference.threads
    : Math.ceil(pictures / PICTURES_PER_THREAD);
  return startRunner({
    threadFile: THREAD_FILE,
    threads: Math.min(inference.threads, useful),
    intraOpThreads: inference.intraOpThreads,
    niceness: 0,
    // The command sends no more at a time than there are threads, or than it was told to.
    maxWait: Number.POSITIVE_INFINITY,
    onError: report,
  });
}

/** Goes away with the process, however that ends. */
/** @throws UnusableFolder */
async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'okulo-local-')).catch((cause: unknown) => {
    throw unusableTemporaryFolder(cause);
  });
  const removeAtOnce = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', removeAtOnce);
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      process.off('exit', removeAtOnce);
    },
  };
}

type Working = Pick<Surroundings, 'catalog' | 'runner' | 'store'> & Pick<LocalOptions, 'report'>;

/** Reads the queue's code only where there are jobs: it takes a third of a second, and the database a whole one. */
async function startQueue(config: Config, working: Working, dataDir: string) {
  const [{ startJobs }, { UnusableQueue }] = await Promise.all([
    import('./local/jobs.js'),
    import('./queue/backend.js'),
  ]);
  return startJobs({
    ...working,
    dataDir,
    template: config.queueTemplate,
    ttlMs: config.resultTtlMs,
    tileEdge: config.superResolution.tileEdge,
    maxWork: Number.POSITIVE_INFINITY,
  }).catch((error: unknown) => {
    throw error instanceof UnusableQueue ? unusableTemporaryFolder(error.cause) : error;
  });
}

/** Reads the download's code with the first address. The limits of the service hold here too. */
function imageFetcher({ urlFetch, limits }: Config) {
  const load = async () => {
    const { createImageFetcher } = await import('./url-fetch/image-fetcher.js');
    return createImageFetcher({ ...urlFetch, maxBytes: limits.uploadBytes, maxRedirects: 3 });
  };
  let loading: ReturnType<typeof load> | undefined;
  return {
    fetch: async (url: URL, signal: AbortSignal) => (await (loading ??= load())).fetch(url, signal),
    close: async () => (await loading)?.close(),
  };
}
