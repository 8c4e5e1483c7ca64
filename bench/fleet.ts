import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { SuperResolutionJobs } from '../src/jobs/api/super-resolution-jobs.js';
import { openQueueBackend } from '../src/queue/backend.js';
import { DiskStore } from '../src/storage/disk.js';
import { fleetModel } from './fleet-model.js';
import { printed, ROOT } from './program.js';
import { startRedis } from './redis.js';
import { machine, none, type Report } from './report.js';
import { costOf, readCounters } from './redis-counters.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

/** Workers of one process: their connections and timers are many, their work is little. */
const WORKERS_PER_PROCESS = 25;
const TILE_EDGE = 256;
/** Tiles of one picture: as many chunks as a picture has at most. */
const PICTURE = { width: 16 * TILE_EDGE, height: 8 * TILE_EDGE };
const TILES = 128;

const schema = z.object({
  workers: z
    .string()
    .regex(/^[1-9]\d*(,[1-9]\d*)*$/, 'expected numbers of workers, like 4,50,200')
    .transform((list) => list.split(',').map(Number)),
  'tile-ms': count,
  seconds: count,
  quick: z.boolean().default(false),
});

export const fleet: Subcommand = {
  about:
    'many workers on one Redis, the network replaced by a wait: tiles per second, and what they cost Redis',
  options: {
    workers: { type: 'string', default: '4,20,50,100,200', about: 'numbers of workers, of one thread each' },
    'tile-ms': { type: 'string', default: '500', about: 'how long a tile takes, in milliseconds' },
    seconds: { type: 'string', default: '10', about: 'how long there is work for, if nothing holds it up' },
    quick: { type: 'boolean', default: false, about: 'four workers for a second: only to see that it works' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

interface Measured {
  readonly workers: number;
  readonly tiles: number;
  readonly seconds: number;
  readonly unfinished: number;
  /** Commands of clients and of scripts. */
  readonly operations: number;
  /** Of Redis' one thread. */
  readonly cpuSeconds: number;
}

async function measure({ quick, ...options }: z.infer<typeof schema>): Promise<Report> {
  const tileMs = quick ? 20 : options['tile-ms'];
  const seconds = quick ? 1 : options.seconds;
  const measured: Measured[] = [];
  for (const workers of quick ? [4] : options.workers) measured.push(await run(workers, tileMs, seconds));
  const row = (name: string, unit: string, value: (of: Measured) => number) => ({
    name,
    unit,
    values: Object.fromEntries(measured.map((of) => [`${of.workers} workers`, value(of)])),
  });
  return {
    benchmark: 'fleet: workers on one Redis, with a wait in place of the network',
    setting: {
      ...machine(),
      work: `pictures of ${TILES} tiles in 32 chunks each; a tile takes ${tileMs} ms`,
      workers: `the worker's own code, ${WORKERS_PER_PROCESS} to a process at most; they, Redis, the API's code and this program share the cores`,
      store: 'a folder in memory, where there is one',
      ideal: 'as many tiles as the workers would do if nothing else took time',
    },
    figures: [
      row('tiles per second', '/s', ({ tiles, seconds: took }) => tiles / took),
      row('ideal', '/s', ({ workers }) => (workers * 1000) / tileMs),
      row(
        'of ideal',
        '%',
        ({ workers, tiles, seconds: took }) => (tiles / took / workers / 1000) * tileMs * 100,
      ),
      row('Redis operations per tile', '', ({ operations, tiles }) => operations / tiles),
      row('Redis time per tile', 'µs', ({ cpuSeconds, tiles }) => (cpuSeconds * 1e6) / tiles),
      row('Redis busy', '%', ({ cpuSeconds, seconds: took }) => (cpuSeconds / took) * 100),
      row('tiles per second of a busy Redis', '/s', ({ cpuSeconds, tiles }) => tiles / cpuSeconds),
    ],
    targets: [
      none(
        'all jobs are completed',
        measured.reduce((sum, { unfinished }) => sum + unfinished, 0),
      ),
    ],
  };
}

async function run(workers: number, tileMs: number, seconds: number): Promise<Measured> {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'okulo-bench-fleet-'));
  const redis = await startRedis();
  const probe = new Redis(redis.url);
  const backend = await openQueueBackend({ url: redis.url, dataDir: folder, onError: console.error });
  const processes: ChildProcess[] = [];
  try {
    const model = await fleetModel(join(folder, 'models'));
    const jobs = await SuperResolutionJobs.open(backend, {
      store: new DiskStore(join(folder, 'objects')),
      ttlMs: 3_600_000,
      tileEdge: TILE_EDGE,
      maxWork: Number.POSITIVE_INFINITY,
    });
    for (let left = workers; left > 0; left -= WORKERS_PER_PROCESS)
      processes.push(
        startProcess({ url: redis.url, folder, workers: Math.min(left, WORKERS_PER_PROCESS), tileMs }),
      );
    await Promise.all(processes.map((child) => printed(child, /the workers are ready/)));

    const pictures = Math.max(1, Math.round((workers * 1000 * seconds) / tileMs / TILES));
    const before = await readCounters(probe);
    const began = performance.now();
    const states = await Promise.all(
      Array.from({ length: pictures }, async (_, index) => {
        const image = Buffer.from(`picture ${index}`);
        const sha256 = createHash('sha256').update(image).digest('hex');
        const { id } = await jobs.submit({
          owner: 'anna',
          image,
          input: { ...PICTURE, format: 'png', sha256, transparent: false },
          model: model.prepared,
          format: 'PNG',
          idempotencyKey: undefined,
        });
        let last = '';
        for await (const { status } of await jobs.follow('anna', id, new AbortController().signal))
          last = status;
        return last;
      }),
    );
    const took = (performance.now() - began) / 1000;
    const cost = costOf(before, await readCounters(probe));
    await jobs.close();
    const unfinished = states.filter((status) => status !== 'COMPLETED').length;
    return { workers, tiles: pictures * TILES, seconds: took, unfinished, ...cost };
  } finally {
    await Promise.all(processes.map(ending));
    await backend.close();
    probe.disconnect();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function startProcess(options: Readonly<Record<string, string | number>>): ChildProcess {
  const args = ['--import', 'tsx', join(ROOT, 'bench/fleet-worker.ts'), JSON.stringify(options)];
  return spawn(process.execPath, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
}

async function ending(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin?.end();
  await exited;
}
