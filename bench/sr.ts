import { z } from 'zod';
import { connect } from './client.js';
import { machine, type Figure, type Report } from './report.js';
import { below, none } from './report.js';
import { picturesOfSize } from './pictures.js';
import { startRedis } from './redis.js';
import { startService } from './service.js';
import { spread } from './spread.js';
import { count, readOptions, type Subcommand } from './subcommand.js';
import { startTraces, unixTime, type Interval, type Traces } from './traces.js';

const MODELS = { '1032': 'single-image-super-resolution-1032', builtin: 'builtin-superres-x4' } as const;
const QUEUES = ['redis', 'pglite'] as const;
type Queue = (typeof QUEUES)[number];

/** What the queue may add to a job: from the end of its submission to its work, and from its result to its follower. */
const MAX_OVERHEAD_MS = { redis: 30, pglite: 60 } satisfies Record<Queue, number>;
const MAX_ENCODE_SHARE = 25;
/** Connections, compiled code and memory: what happens once is no part of the measurement. */
const WARM_UP = 2;

const listOf = <Name extends string>(names: readonly Name[]) =>
  z.string().transform((text, context) =>
    text.split(',').flatMap((given) => {
      const known = names.find((name) => name === given);
      if (known === undefined) context.addIssue(`expected some of ${names.join(',')}, and '${given}' came`);
      return known === undefined ? [] : [known];
    }),
  );

const schema = z.object({
  width: count,
  height: count,
  runs: count,
  quick: z.boolean().default(false),
  models: listOf(Object.keys(MODELS) as (keyof typeof MODELS)[]),
  queues: listOf(QUEUES),
});

export const sr: Subcommand = {
  about: 'super resolution of pictures not seen before, one at a time: where the time of a job goes',
  options: {
    width: { type: 'string', default: '480', about: 'width of the pictures, in pixels' },
    height: { type: 'string', default: '270', about: 'height of the pictures, in pixels' },
    runs: { type: 'string', default: '9', about: 'pictures for each model and queue' },
    models: { type: 'string', default: '1032,builtin', about: 'which models' },
    queues: { type: 'string', default: 'redis,pglite', about: 'which queues' },
    quick: { type: 'boolean', default: false, about: 'two pictures: only to see that it works' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

/** Milliseconds of one job, each stage from where the one before has ended. */
interface Stages {
  readonly whole: number;
  /** From sending the picture until its job is stored. */
  readonly submit: number;
  /** Until a worker begins with the picture. */
  readonly queue: number;
  readonly decode: number;
  readonly net: number;
  readonly encode: number;
  readonly store: number;
  /** Until the client has heard of the end. */
  readonly told: number;
}

const STAGES = ['whole', 'submit', 'queue', 'decode', 'net', 'encode', 'store', 'told'] as const;

async function measure({
  width,
  height,
  quick,
  models,
  queues,
  ...options
}: z.infer<typeof schema>): Promise<Report> {
  const runs = quick ? 2 : options.runs;
  const pictures = await picturesOfSize(width, height, runs + WARM_UP);
  const columns: { name: string; queue: Queue; stages: readonly Stages[] }[] = [];
  let unfinished = 0;
  for (const queue of queues) {
    for (const model of models) {
      const { stages, failed } = await stagesOf(queue, MODELS[model], pictures);
      unfinished += failed;
      columns.push({ name: `${model} ${queue}`, queue, stages });
    }
  }
  const median = (column: (typeof columns)[number], of: (stages: Stages) => number) =>
    spread(column.stages.map(of)).median;
  const row = (name: string, unit: string, value: (column: (typeof columns)[number]) => number): Figure => ({
    name,
    unit,
    values: Object.fromEntries(columns.map((column) => [column.name, value(column)])),
  });
  return {
    benchmark: 'sr: where the time of a super resolution job goes',
    setting: {
      ...machine(),
      pictures: `${runs} of ${width}x${height} pixels, none seen before, one at a time; the median of each stage`,
      stages:
        'from the traces of the service, which are on meanwhile; submit, told and whole are the client’s',
    },
    figures: [
      ...STAGES.map((stage) => row(stage, 'ms', (column) => median(column, (stages) => stages[stage]))),
      row('whole, least', 'ms', ({ stages }) => spread(stages.map(({ whole }) => whole)).min),
      row('whole, most', 'ms', ({ stages }) => spread(stages.map(({ whole }) => whole)).max),
      row('queue and told', 'ms', (column) => median(column, overhead)),
      row('encode of net', '%', (column) => median(column, encodeShare)),
    ],
    targets: [
      ...columns.map((column) =>
        below(
          `queue and told of ${column.name} < ${MAX_OVERHEAD_MS[column.queue]} ms`,
          median(column, overhead),
          MAX_OVERHEAD_MS[column.queue],
          'ms',
        ),
      ),
      ...columns.map((column) =>
        below(
          `encoding takes ${column.name} < ${MAX_ENCODE_SHARE} % of the net's time`,
          median(column, encodeShare),
          MAX_ENCODE_SHARE,
          '%',
        ),
      ),
      none('all jobs are completed', unfinished),
    ],
  };
}

function overhead({ queue, told }: Stages): number {
  return queue + told;
}

function encodeShare({ encode, net }: Stages): number {
  return (100 * encode) / net;
}

async function stagesOf(
  queue: Queue,
  model: string,
  pictures: readonly Uint8Array[],
): Promise<{ stages: Stages[]; failed: number }> {
  const redis = queue === 'redis' ? await startRedis() : undefined;
  const traces = await startTraces();
  const service = await startService({ ...traces.environment, ...(redis && { QUEUE_URL: redis.url }) });
  const client = connect(service.url);
  try {
    const stages: Stages[] = [];
    let failed = 0;
    for (const picture of pictures) {
      const sent = unixTime();
      const id = await client.superResolve(picture, 'PNG', model);
      const status = await client.followJob(id);
      const told = unixTime();
      if (status !== 'COMPLETED') failed += 1;
      else stages.push(await stagesOfJob(id, { sent, told }, traces));
    }
    return { stages: stages.slice(WARM_UP), failed };
  } finally {
    await client.close();
    await service.stop();
    await traces.close();
    await redis?.stop();
  }
}

async function stagesOfJob(
  id: string,
  { sent, told }: { readonly sent: number; readonly told: number },
  traces: Traces,
): Promise<Stages> {
  const intervals = await traces.ofJob(id, 'process super-resolution');
  const ends = (name: string) => Math.max(...named(intervals, name).map(({ end }) => end));
  const starts = (name: string) => Math.min(...named(intervals, name).map(({ start }) => start));
  const queued = ends('add super-resolution.upscale');
  const begun = starts('thread openShared');
  const opened = ends('thread openShared');
  const upscaled = ends('thread upscaleTile');
  const encoded = ends('thread encodeShared');
  const stored = ends('store');
  return {
    whole: told - sent,
    submit: queued - sent,
    queue: begun - queued,
    decode: opened - begun,
    net: upscaled - opened,
    encode: encoded - upscaled,
    store: stored - encoded,
    told: told - stored,
  };
}

function named(intervals: readonly Interval[], wanted: string): readonly Interval[] {
  const found = intervals.filter(({ name }) => name === wanted);
  if (found.length === 0) throw new Error(`The job's trace has no '${wanted}'.`);
  return found;
}
