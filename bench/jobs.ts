import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openQueueBackend, type QueueBackend } from '../src/queue/backend.js';
import { SUPER_RESOLUTION, type JobPayload, type JobResult } from '../src/jobs/shared/contract.js';
import { SuperResolutionJobs } from '../src/jobs/api/super-resolution-jobs.js';
import { DiskStore } from '../src/storage/disk.js';
import { Latencies } from './latencies.js';
import { startRedis } from './redis.js';
import { below, type Figure, type Report } from './report.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

const schema = z.object({ few: count, many: count, queue: z.enum(['pglite', 'redis']) });

/** How often each question is asked; the median counts. */
const TIMES = 200;
/** A page may take so much longer among many jobs: measurements differ by as much from one run to the next. */
const MAX_TIMES_AS_LONG = 1.5;

export const jobs: Subcommand = {
  about: 'listing, counting and finding jobs among few finished ones and among many',
  options: {
    few: { type: 'string', default: '50', about: 'finished jobs to begin with' },
    many: { type: 'string', default: '50000', about: 'finished jobs to compare with' },
    queue: { type: 'string', default: 'pglite', about: 'pglite, the embedded queue, or redis' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

async function measure({ few, many, queue }: z.infer<typeof schema>): Promise<Report> {
  const situations = { [`${few} jobs`]: few, [`${many} jobs`]: many };
  const columns: (readonly [string, Record<string, number>])[] = [];
  // One after the other: neither is to wait for the other's filling.
  for (const [name, number] of Object.entries(situations))
    columns.push([name, await mediansAmong(number, queue)]);
  const [[, first] = ['', {}], [, last] = ['', {}]] = columns;
  const figures: Figure[] = Object.keys(QUESTIONS).map((name) => ({
    name,
    unit: 'ms',
    values: Object.fromEntries(columns.map(([column, medians]) => [column, medians[name] ?? NaN])),
  }));
  return {
    benchmark: `jobs: what is asked of them on ${queue}, one question at a time`,
    setting: {
      machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`,
      questions: `the median of ${TIMES}; pages of 20 jobs`,
    },
    figures,
    targets: Object.keys(QUESTIONS).map((name) =>
      below(
        `${name} among ${many} jobs takes less than ${MAX_TIMES_AS_LONG} times as long`,
        (last[name] ?? NaN) / (first[name] ?? NaN),
        MAX_TIMES_AS_LONG,
        'times',
      ),
    ),
  };
}

const PAGE = { first: 20, after: undefined, status: undefined, search: undefined };

/** What an owner asks, of which a job in the middle of the list is known. */
const QUESTIONS: Readonly<
  Record<string, (all: SuperResolutionJobs, known: { id: string; cursor: string }) => Promise<unknown>>
> = {
  'a page': (all) => all.list('anna', PAGE),
  'a later page': (all, { cursor }) => all.list('anna', { ...PAGE, after: cursor }),
  'a page of one status': (all) => all.list('anna', { ...PAGE, status: 'COMPLETED' }),
  'the counts': (all) => all.counts('anna'),
  'one job': (all, { id }) => all.get('anna', id),
};

async function mediansAmong(number: number, queue: 'pglite' | 'redis'): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'okulo-bench-jobs-'));
  const redis = queue === 'redis' ? await startRedis() : undefined;
  const backend = await openQueueBackend({ url: redis?.url, dataDir: folder, onError: console.error });
  try {
    await finish(number, backend);
    const all = await SuperResolutionJobs.open(backend, {
      store: new DiskStore(join(folder, 'objects')),
      ttlMs: 86_400_000,
      tileEdge: 256,
      maxWork: Number.POSITIVE_INFINITY,
    });
    const known = (await all.list('anna', { ...PAGE, first: 25 })).jobs.at(-1);
    if (!known) throw new Error('There are jobs');
    const about = { id: known.state.id, cursor: known.cursor };
    // What the filling has left behind is not what is measured.
    await mediansOf(all, about);
    const medians = await mediansOf(all, about);
    await all.close();
    return medians;
  } finally {
    await backend.close();
    await redis?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function mediansOf(
  all: SuperResolutionJobs,
  known: { readonly id: string; readonly cursor: string },
): Promise<Record<string, number>> {
  const medians: Record<string, number> = {};
  for (const [name, ask] of Object.entries(QUESTIONS)) {
    const latencies = new Latencies();
    for (let n = 0; n < TIMES; n += 1) {
      const start = performance.now();
      await ask(all, known);
      latencies.add(performance.now() - start);
    }
    medians[name] = latencies.quantile(0.5);
  }
  return medians;
}

/** Queues jobs and has them finished, as an earlier version would have left them: without an index. */
async function finish(number: number, backend: QueueBackend): Promise<void> {
  const queue = backend.queue<JobPayload, JobResult>(SUPER_RESOLUTION);
  const key = 'jobs/sr-0/output.png';
  const worker = backend.worker<JobPayload, JobResult>(
    SUPER_RESOLUTION,
    () => Promise.resolve({ key, bytes: 1, width: 160, height: 120, format: 'PNG' }),
    { concurrency: 50 },
  );
  const finished = new Promise<void>((resolve) => {
    let left = number;
    worker.on('completed', () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
  for (let from = 0; from < number; from += 500) {
    await queue.addBulk(
      Array.from({ length: Math.min(500, number - from) }, (_, n) => ({
        name: 'upscale',
        data: PAYLOAD,
        opts: { jobId: `sr-${String(from + n).padStart(32, '0')}` },
      })),
    );
  }
  await finished;
  await worker.close();
}

const PAYLOAD: JobPayload = {
  owner: 'anna',
  input: {
    key: 'jobs/sr-0/input.png',
    width: 40,
    height: 30,
    format: 'png',
    bytes: 900,
    transparent: false,
    sha256: 'a'.repeat(64),
  },
  model: { id: 'builtin-superres-x4', digest: 'd'.repeat(64) },
  name: 'fruit.png',
  scale: 4,
  format: 'PNG',
  tileEdge: 256,
  work: 10,
  round: 0,
};
