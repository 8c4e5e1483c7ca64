import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { startRunner } from '../../src/inference/runner.js';
import type { JobQueue, QueueBackend } from '../../src/queue/backend.js';
import { Consumer, type ConsumerOptions } from '../../src/jobs/worker/consumer.js';
import { SUPER_RESOLUTION, SUPER_RESOLUTION_TILES } from '../../src/jobs/shared/contract.js';
import type { JobState, JobStatus } from '../../src/jobs/shared/job-state.js';
import { DecodedImageCache } from '../../src/jobs/worker/decoded-image-cache.js';
import {
  SuperResolutionJobs,
  type Submission,
  type SuperResolutionJobsOptions,
} from '../../src/jobs/api/super-resolution-jobs.js';
import type { ReadyModel } from '../../src/registry/catalog.js';
import { readManifests } from '../../src/registry/manifest.js';
import { prepare } from '../../src/registry/prepare.js';
import { DiskStore } from '../../src/storage/disk.js';
import type { ObjectStore } from '../../src/storage/object-store.js';
import { pngOf, scene } from '../kit/pictures.js';
import { openEmbedded, type Embedded } from '../queue/embedded.js';
import { WatchedRunner } from './watched-runner.js';

const DAY_MS = 86_400_000;
/** Small, so that a small picture has several. */
export const TILE_EDGE = 16;
/** Three by two tiles of that edge. */
export const PICTURE = { width: 40, height: 30 };
export const TILES = 6;

/** Everything that jobs need, on the embedded queue and one inference thread. */
export class JobHarness {
  /** What workers have reported as failed. */
  readonly failures: { readonly jobId: string; readonly error: unknown }[] = [];

  /** The tiles that workers have computed, as they came. */
  readonly tiles: string[] = [];

  /** The queue's own view of the jobs. */
  readonly queue: JobQueue;
  readonly chunks: JobQueue;
  readonly #consumers: Consumer[] = [];
  #untiled: Promise<SuperResolutionJobs> | undefined;

  private constructor(
    private readonly embedded: Embedded,
    readonly store: DiskStore,
    readonly runner: WatchedRunner,
    readonly model: ReadyModel,
    readonly jobs: SuperResolutionJobs,
  ) {
    this.queue = embedded.backend.queue(SUPER_RESOLUTION);
    this.chunks = embedded.backend.queue(SUPER_RESOLUTION_TILES);
  }

  /** @param stand what its queue is on: the embedded one unless given */
  static async open(stand?: Embedded): Promise<JobHarness> {
    const embedded = stand ?? (await openEmbedded());
    const store = new DiskStore(join(embedded.folder, 'objects'));
    const runner = startRunner({
      threadFile: new URL('../../dist/inference/thread.js', import.meta.url),
      threads: 1,
      intraOpThreads: 1,
      niceness: 0,
      maxWait: Infinity,
      onError: console.error,
    });
    const [model, jobs] = await Promise.all([
      smallModel(join(embedded.folder, 'models')),
      openJobs(embedded, store),
    ]);
    return new JobHarness(embedded, store, new WatchedRunner(runner), model, jobs);
  }

  get scratchDir(): string {
    return join(this.embedded.folder, 'scratch');
  }

  get backend(): QueueBackend {
    return this.embedded.backend;
  }

  /** A worker, until the next `reset`. */
  async work(
    options: Partial<ConsumerOptions> = {},
    backend: QueueBackend = this.backend,
  ): Promise<Consumer> {
    const consumer = await Consumer.start(backend, {
      runner: this.runner,
      store: this.store,
      images: new DecodedImageCache(this.runner, this.store),
      // The pictures of tests take next to no time.
      keepTilesFrom: 0,
      scratchDir: this.scratchDir,
      onTile: (_jobId, { name }) => void this.tiles.push(name),
      model: () => Promise.resolve(this.model),
      onFailed: (jobId, error) => void this.failures.push({ jobId, error }),
      ...options,
    });
    this.#consumers.push(consumer);
    return consumer;
  }

  /** What anna asks for; a number of its own makes it a picture of its own. */
  async submission(seed: number, more: Partial<Submission> = {}): Promise<Submission> {
    const image = more.image ?? (await pictureFile(seed));
    const sha256 = createHash('sha256').update(image).digest('hex');
    return {
      owner: 'anna',
      image,
      input: { ...PICTURE, format: 'png', sha256, transparent: false },
      model: this.model.prepared,
      format: 'PNG',
      idempotencyKey: undefined,
      ...more,
    };
  }

  async submit(seed: number, more: Partial<Submission> = {}): Promise<JobState> {
    return this.jobs.submit(await this.submission(seed, more));
  }

  /** The same picture, cut into one tile only, as a job of its own. */
  async inOneTile(seed: number, more: Partial<Submission> = {}): Promise<JobState> {
    this.#untiled ??= openJobs(this, this.store, { tileEdge: 4096 });
    return (await this.#untiled).submit(
      await this.submission(seed, { ...more, idempotencyKey: 'in one tile' }),
    );
  }

  /** The states of a job of anna's up to the first one with this status. */
  async until(id: string, status: JobStatus): Promise<JobState[]> {
    const states: JobState[] = [];
    const done = new AbortController();
    try {
      for await (const state of await this.jobs.follow('anna', id, done.signal)) {
        states.push(state);
        if (state.status === status) return states;
      }
    } finally {
      done.abort();
    }
    throw new Error(`Job ${id} ended ${states.at(-1)?.status ?? 'unseen'} and never was ${status}`);
  }

  /** The job as it is when it first has this status. */
  async reached(id: string, status: JobStatus): Promise<JobState> {
    const state = (await this.until(id, status)).at(-1);
    if (!state) throw new Error('A job that reached a status has a state');
    return state;
  }

  /** Stops all workers, and forgets all jobs and all that was counted. Call it after each test. */
  async reset(): Promise<void> {
    await Promise.all(this.#consumers.splice(0).map((consumer) => consumer.stop()));
    await this.queue.obliterate({ force: true });
    await this.chunks.obliterate({ force: true });
    this.failures.length = 0;
    this.tiles.length = 0;
    this.runner.reset();
  }

  async close(): Promise<void> {
    await this.runner.stop();
    await this.embedded.close();
  }
}

/** The jobs as an API sees them that cuts pictures into tiles of this edge. */
export function openJobs(
  { backend }: Pick<Embedded, 'backend'>,
  store: ObjectStore,
  more: Partial<SuperResolutionJobsOptions> = {},
): Promise<SuperResolutionJobs> {
  return SuperResolutionJobs.open(backend, {
    store,
    ttlMs: DAY_MS,
    tileEdge: TILE_EDGE,
    maxWork: Number.POSITIVE_INFINITY,
    ...more,
  });
}

/** A picture whose bytes no other number has. */
export async function pictureFile(seed: number, size = PICTURE): Promise<Buffer> {
  const picture = scene(size);
  picture.pixels.set([seed % 256, seed >> 8, 0]);
  return pngOf(picture);
}

async function smallModel(cacheDir: string): Promise<ReadyModel> {
  const entries = await readManifests([resolve('models/manifest.json')]);
  const entry = entries.find(({ id }) => id === 'builtin-superres-x4');
  if (!entry) throw new Error('models/manifest.json has the model that ships');
  const { model } = await prepare(entry, 0, { cacheDir, mirror: undefined, network: false });
  return { entry, labels: [], isDefault: true, prepared: model };
}
