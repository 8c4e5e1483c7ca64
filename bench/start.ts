import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { peakMemory } from './peak-memory.js';
import { buildIfStale } from './program.js';
import { startRedis } from './redis.js';
import { below, machine, type Report } from './report.js';
import { startService } from './service.js';
import { spread } from './spread.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

/** From the start of the process to its first answer, in milliseconds. */
const MAX_START_MS = { redis: 2000, pglite: 3000 } as const;
type Queue = keyof typeof MAX_START_MS;
const QUEUES = ['redis', 'pglite'] as const satisfies readonly Queue[];

const schema = z.object({ runs: count, quick: z.boolean().default(false) });

export const start: Subcommand = {
  about: 'cold starts of the service until it is ready, on each queue, with the models that are prepared',
  options: {
    runs: { type: 'string', default: '5', about: 'starts on each queue' },
    quick: { type: 'boolean', default: false, about: 'one start on each: only to see that it works' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

interface Started {
  /** Milliseconds from the start of the process until it answers. */
  readonly ready: number;
  /** The most memory until then, in bytes. */
  readonly peak: number;
}

async function measure({ runs, quick }: z.infer<typeof schema>): Promise<Report> {
  await buildIfStale();
  const seen: Record<Queue, Started[]> = { redis: [], pglite: [] };
  const redis = await startRedis();
  const dataDir = await mkdtemp(join(tmpdir(), 'okulo-bench-start-'));
  const environment = { redis: { QUEUE_URL: redis.url }, pglite: {} };
  try {
    // What the first start makes (a database, prepared models) is no part of the others; and turn by turn, so that a busy moment meets both.
    for (let round = 0; round <= (quick ? 1 : runs); round += 1) {
      for (const queue of QUEUES) {
        const started = await startOnce({ ...environment[queue], DATA_DIR: join(dataDir, queue) });
        if (round > 0) seen[queue].push(started);
      }
    }
  } finally {
    await redis.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  const row = (name: string, unit: string, value: (started: readonly Started[]) => number) => ({
    name,
    unit,
    values: { redis: value(seen.redis), pglite: value(seen.pglite) },
  });
  const times = (started: readonly Started[]) => spread(started.map(({ ready }) => ready));
  return {
    benchmark: 'start: from the start of the process until it is ready to answer',
    setting: {
      ...machine(),
      starts: `${seen.redis.length} on each queue, turn by turn, after one that makes what is kept; the median`,
      models: 'those that are in MODEL_CACHE, loaded and run once in every thread',
    },
    figures: [
      row('ready', 'ms', (started) => times(started).median),
      row('ready, least', 'ms', (started) => times(started).min),
      row('ready, most', 'ms', (started) => times(started).max),
      row('memory at the most', 'MB', (started) => spread(started.map(({ peak }) => peak)).median / 1e6),
    ],
    targets: QUEUES.map((queue) =>
      below(
        `ready on ${queue} < ${MAX_START_MS[queue]} ms`,
        times(seen[queue]).median,
        MAX_START_MS[queue],
        'ms',
      ),
    ),
  };
}

async function startOnce(environment: Readonly<Record<string, string>>): Promise<Started> {
  const began = performance.now();
  const service = await startService(environment);
  const ready = performance.now() - began;
  try {
    return { ready, peak: await peakMemory(service.pid) };
  } finally {
    await service.stop();
  }
}
