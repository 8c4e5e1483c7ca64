import { availableParallelism, cpus } from 'node:os';
import { z } from 'zod';
import { connect, type OutputFormat } from './client.js';
import { startCluster } from './cluster.js';
import { peakMemory } from './peak-memory.js';
import { picturesOfSize } from './pictures.js';
import { below, none, type Report } from './report.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

/** What a worker may hold at most, whatever it is given to do. */
const MAX_MEGABYTES = 1000;

const schema = z.object({ width: count, height: count, tile: count });

export const memory: Subcommand = {
  about: 'peak memory of a worker process that does the largest permitted image',
  options: {
    width: { type: 'string', default: '2000', about: "width of the job's picture, in pixels" },
    height: { type: 'string', default: '2000', about: "height of the job's picture, in pixels" },
    tile: { type: 'string', default: '256', about: 'longest side of a tile, in pixels of the input' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

/** What a worker's memory was like for one job. */
interface Reading {
  readonly status: string;
  readonly seconds: number;
  /** Bytes: after the start, and at the most until the job had ended. */
  readonly ready: number;
  readonly peak: number;
}

async function measure({ width, height, tile }: z.infer<typeof schema>): Promise<Report> {
  const [picture = new Uint8Array()] = await picturesOfSize(width, height, 1);
  const readings = {
    PNG: await readingOf(picture, 'PNG', tile),
    JPEG: await readingOf(picture, 'JPEG', tile),
  };
  const figure = (name: string, unit: string, value: (reading: Reading) => number) => ({
    name,
    unit,
    values: { PNG: value(readings.PNG), JPEG: value(readings.JPEG) },
  });
  const all = Object.values(readings);
  return {
    benchmark: 'memory: the most that a worker process holds for one super resolution job',
    setting: {
      machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`,
      job: `${width}x${height} pixels to ${width * 4}x${height * 4}, tiles of up to ${tile}x${tile}`,
      worker: 'one, of one thread; a new process for each format',
      measure: 'VmHWM of /proc/<pid>/status',
    },
    figures: [
      figure('time', 's', ({ seconds }) => seconds),
      figure('after the start', 'MB', ({ ready }) => ready / 1e6),
      figure('at the most', 'MB', ({ peak }) => peak / 1e6),
    ],
    targets: [
      below(
        `a worker stays below ${MAX_MEGABYTES} MB`,
        Math.max(...all.map(({ peak }) => peak)) / 1e6,
        MAX_MEGABYTES,
        'MB',
      ),
      none('all jobs are completed', all.filter(({ status }) => status !== 'COMPLETED').length),
    ],
  };
}

async function readingOf(picture: Uint8Array, format: OutputFormat, tileEdge: number): Promise<Reading> {
  const cluster = await startCluster({ workers: 1, tileEdge });
  const client = connect(cluster.url);
  const [worker = 0] = cluster.workers;
  try {
    const ready = await peakMemory(worker);
    const start = performance.now();
    const status = await client.followJob(await client.superResolve(picture, format));
    const seconds = (performance.now() - start) / 1000;
    return { status, seconds, ready, peak: await peakMemory(worker) };
  } finally {
    await client.close();
    await cluster.stop();
  }
}
