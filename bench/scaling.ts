import { availableParallelism, cpus } from 'node:os';
import { z } from 'zod';
import { connect } from './client.js';
import { startCluster } from './cluster.js';
import { picturesOfSize } from './pictures.js';
import { none, type Figure, type Report } from './report.js';
import { speedUps, tilesIn, type Timing } from './speed-up.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

const schema = z.object({
  width: count,
  height: count,
  tile: count,
  runs: count,
  workers: z
    .string()
    .regex(/^[1-9]\d*(,[1-9]\d*)*$/, 'expected numbers of workers, like 1,2,4')
    .transform((list) => list.split(',').map(Number)),
});

export const scaling: Subcommand = {
  about: 'one large super resolution job on more and more worker processes: speed-up and efficiency',
  options: {
    width: { type: 'string', default: '2000', about: "width of the job's picture, in pixels" },
    height: { type: 'string', default: '1500', about: "height of the job's picture, in pixels" },
    tile: { type: 'string', default: '256', about: 'longest side of a tile, in pixels of the input' },
    workers: { type: 'string', default: '1,2,4', about: 'numbers of worker processes, of one thread each' },
    runs: { type: 'string', default: '1', about: 'jobs for each number, of which the fastest counts' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

async function measure({ width, height, tile, runs, workers }: z.infer<typeof schema>): Promise<Report> {
  // One more than is measured: the first job of a worker compiles code and touches memory.
  const pictures = await picturesOfSize(width, height, runs + 1);
  const timings: Timing[] = [];
  let unfinished = 0;
  for (const number of workers) {
    const times = await timesOf(number, tile, pictures);
    unfinished += times.filter(({ status }) => status !== 'COMPLETED').length;
    timings.push({ workers: number, seconds: Math.min(...times.slice(1).map(({ seconds }) => seconds)) });
  }
  const tiles = tilesIn({ width, height }, tile);
  const cores = availableParallelism();
  return {
    benchmark: 'scaling: one large super resolution job on several worker processes over Redis',
    setting: {
      machine: `${cores} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`,
      job: `one of ${width}x${height} pixels, ${tiles} tiles of up to ${tile}x${tile}; ${runs === 1 ? 'measured once' : `the fastest of ${runs}`} after one to warm up`,
      workers: `processes of one thread each; API, Redis and this program share the ${cores} cores`,
      limit: `${cores} cores do no more than ${cores} times the work of one, however many workers there are`,
    },
    figures: figuresOf(timings, tiles, cores),
    targets: [none('all jobs are completed', unfinished)],
  };
}

/** Does the pictures one after the other, each alone. */
async function timesOf(
  workers: number,
  tileEdge: number,
  pictures: readonly Uint8Array[],
): Promise<{ seconds: number; status: string }[]> {
  const cluster = await startCluster({ workers, tileEdge });
  const client = connect(cluster.url);
  try {
    const times: { seconds: number; status: string }[] = [];
    for (const picture of pictures) {
      const start = performance.now();
      const status = await client.followJob(await client.superResolve(picture));
      times.push({ seconds: (performance.now() - start) / 1000, status });
    }
    return times;
  } finally {
    await client.close();
    await cluster.stop();
  }
}

function figuresOf(timings: readonly Timing[], tiles: number, cores: number): Figure[] {
  const columns = speedUps(timings, cores);
  const figure = (name: string, unit: string, value: (column: (typeof columns)[number]) => number) => ({
    name,
    unit,
    values: Object.fromEntries(
      columns.map((column) => [
        `${column.workers} ${column.workers === 1 ? 'worker' : 'workers'}`,
        value(column),
      ]),
    ),
  });
  return [
    figure('time', 's', ({ seconds }) => seconds),
    figure('tiles per second', '/s', ({ seconds }) => tiles / seconds),
    figure('speed-up', 'x', ({ speedUp }) => speedUp),
    figure('efficiency', '%', ({ efficiency }) => efficiency * 100),
    figure('of what the cores allow', '%', ({ ofPossible }) => ofPossible * 100),
  ];
}
