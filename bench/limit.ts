import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { makeHarness } from '../eval/harness.js';
import type { PreparedModel } from '../src/registry/prepared-model.js';
import { planOf, type AnalysisPlan, type AnalysisTaskName } from '../src/tasks/tasks.js';
import { machine } from './machine.js';
import { peerFigures } from './peer/peer.js';
import { picturesOfSize } from './pictures.js';
import { buildIfStale } from './program.js';
import type { Figure, Report } from './report.js';
import { spread } from './rounds.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

const schema = z.object({
  width: count,
  height: count,
  seconds: count,
  rounds: count,
  threads: z
    .string()
    .regex(/^[1-9]\d*(,[1-9]\d*)*$/, 'expected numbers of threads, like 1,2')
    .transform((list) => list.split(',').map(Number)),
  peer: z.string().optional(),
  python: z.string(),
  quick: z.boolean(),
});

const CORES = availableParallelism();

export const limit: Subcommand = {
  about: 'a bare loop of decode, preprocess, run and postprocess in threads: what the service cannot exceed',
  options: {
    width: { type: 'string', default: '500', about: "the JPEG's width, in pixels" },
    height: { type: 'string', default: '375', about: "the JPEG's height, in pixels" },
    threads: { type: 'string', default: `1,${CORES}`, about: 'numbers of threads' },
    seconds: { type: 'string', default: '5', about: 'length of a round' },
    rounds: { type: 'string', default: '3', about: 'rounds, turn by turn' },
    peer: { type: 'string', about: 'a folder of models: the same in Python, by OpenVINO and OpenCV' },
    python: { type: 'string', default: 'python3', about: 'the Python that has them' },
    quick: { type: 'boolean', default: false, about: 'only see that it works' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

const TASKS = ['CLASSIFY', 'SEGMENT_ROAD', 'DETECT_OBJECTS'] as const satisfies readonly AnalysisTaskName[];

/** As the mutations ask for it, with nothing to be encoded. */
function planFor(task: AnalysisTaskName, model: PreparedModel): AnalysisPlan {
  switch (task) {
    case 'CLASSIFY':
      return planOf({ CLASSIFY: [{ model, topK: 1, minScore: 0 }] });
    case 'SEGMENT_ROAD':
      return planOf({ SEGMENT_ROAD: [{ model, masks: [], overlays: [] }] });
    case 'DETECT_OBJECTS': {
      const nothing = { labels: [], classes: null, annotated: [], crops: [], classifications: [] };
      return planOf({ DETECT_OBJECTS: [{ model, minScore: 0.3, maxObjects: 100, ...nothing }] });
    }
  }
}

async function measure(options: z.infer<typeof schema>): Promise<Report> {
  const { width, height, quick, peer, python } = options;
  const milliseconds = quick ? 200 : options.seconds * 1000;
  const rounds = quick ? 1 : options.rounds;
  await buildIfStale();
  const [image] = await picturesOfSize(width, height, 1);
  if (!image) throw new Error('Expected a picture to measure with');
  const plans = await plansOfDefaults();
  const loops = plans.flatMap(({ name, plan }) =>
    options.threads.map((threads) => ({
      name: `${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      run: () => loop({ image, displayed: { width, height }, plan, milliseconds }, threads),
      found: [] as Loop[],
    })),
  );
  for (let round = 0; round < rounds; round += 1) for (const one of loops) one.found.push(await one.run());
  const figures: Figure[] = loops.flatMap(({ name, found }) => [
    { name, unit: '/s', values: spread(found.map(({ perSecond }) => perSecond)) },
    ...STAGES.map((stage) => ({
      name: `  ${stage}`,
      unit: 'ms',
      values: spread(found.map(({ stages }) => stages[stage])),
    })),
  ]);
  const peers = peer === undefined ? [] : await peerFigures(python, peer, image, milliseconds, rounds);
  return {
    benchmark: 'limit: a bare loop in threads, without queue, messages or HTTP around it',
    setting: {
      ...(await machine()),
      picture: `one JPEG of ${width}x${height}, ${image.length} bytes`,
      rounds: `${rounds} of ${milliseconds / 1000} s, turn by turn; stages are medians of a round`,
    },
    figures: [...figures, ...peers],
    targets: [],
  };
}

async function plansOfDefaults(): Promise<{ name: string; plan: AnalysisPlan }[]> {
  const harness = await makeHarness(TASKS);
  await harness.runner.stop();
  return TASKS.map((task) => {
    const { prepared, entry } = harness.catalog.resolve(task, null);
    return { name: `${task} ${entry.id}`, plan: planFor(task, prepared) };
  });
}

const STAGES = ['total', 'decode', 'preprocess', 'inference', 'postprocess'] as const;
const callsSchema = z.array(z.record(z.enum(STAGES), z.number())).min(1);

interface Loop {
  readonly perSecond: number;
  /** Medians, in milliseconds. */
  readonly stages: Readonly<Record<(typeof STAGES)[number], number>>;
}

/** Runs the loop in so many threads at once, which begin together. */
async function loop(work: Readonly<Record<string, unknown>>, threads: number): Promise<Loop> {
  const dist = new URL('../dist/', import.meta.url).href;
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('limit-thread.mjs', import.meta.url), { workerData: { dist, ...work } }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const start = performance.now();
  const answers = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.postMessage('go');
  const calls = (await Promise.all(answers)).flatMap(([found]) => callsSchema.parse(found));
  const perSecond = calls.length / ((performance.now() - start) / 1000);
  const stages = Object.fromEntries(
    STAGES.map((stage) => [stage, spread(calls.map((call) => call[stage])).median]),
  ) as Loop['stages'];
  return { perSecond, stages };
}
