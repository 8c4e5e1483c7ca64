import { availableParallelism, cpus } from 'node:os';
import { z } from 'zod';
import { classifyRequest, connect, type ClassifyRequest, type Client } from './client.js';
import { Latencies } from './latencies.js';
import type { LoopDelay } from './loop-delay.js';
import { everydayPictures, picturesOfSize } from './pictures.js';
import { below, none, type Report } from './report.js';
import { startService, type Service } from './service.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

/** The service's promise to who sends small requests while it has large ones to do. */
const MAX_LOOP_DELAY_MS = 20;
/** What happens once only (code compiled, connections opened) is no part of a baseline. */
const WARM_UP_REQUESTS = 20;

const schema = z.object({ requests: count, jobs: count, concurrency: count, width: count, height: count });

export const mixed: Subcommand = {
  about: 'classify by upload while super resolution jobs run: latencies and event loop delay',
  options: {
    requests: { type: 'string', default: '200', about: 'classifications in the quiet before the jobs' },
    jobs: { type: 'string', default: '8', about: 'super resolution jobs, queued at once' },
    concurrency: { type: 'string', default: '2', about: 'classifications at a time' },
    width: { type: 'string', default: '1000', about: "width of the jobs' pictures, in pixels" },
    height: { type: 'string', default: '750', about: "height of the jobs' pictures, in pixels" },
  },
  run: (values) => measure(readOptions(schema, values)),
};

/** What classifying was like for a while. */
interface Phase {
  readonly latencies: Latencies;
  readonly errors: number;
  readonly seconds: number;
  readonly loop: LoopDelay;
}

async function measure(options: z.infer<typeof schema>): Promise<Report> {
  const { requests, concurrency, width, height } = options;
  const pictures = await everydayPictures();
  const heavy = await picturesOfSize(width, height, options.jobs);
  const requestsToSend = pictures.files.map(classifyRequest);
  const service = await startService();
  const client = connect(service.url);
  try {
    const watch = (go: () => boolean) => classifyWhile(go, service, client, requestsToSend, concurrency);
    await watch(times(WARM_UP_REQUESTS));
    const quiet = await watch(times(requests));
    let ended = false;
    const jobs = runJobs(client, heavy).finally(() => (ended = true));
    const busy = await watch(() => !ended);
    const unfinished = (await jobs).filter((status) => status !== 'COMPLETED').length;

    const during = `while ${options.jobs} jobs run`;
    return {
      benchmark: 'mixed: classify by upload, quiet and while super resolution jobs run',
      setting: {
        machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`,
        classify: `${pictures.files.length} ${pictures.origin}, ${concurrency} at a time`,
        jobs: `${options.jobs} of ${width}x${height} pixels`,
        'event loop': `delays as read by monitorEventLoopDelay: an idle loop reads ${quiet.loop.resolutionMs} ms`,
      },
      figures: figuresOf({ quiet, 'with jobs': busy }),
      targets: [
        below(`event loop p99 < ${MAX_LOOP_DELAY_MS} ms ${during}`, busy.loop.p99Ms, MAX_LOOP_DELAY_MS, 'ms'),
        none(`no classification fails ${during}`, quiet.errors + busy.errors),
        none('all jobs are completed', unfinished),
      ],
    };
  } finally {
    await client.close();
    await service.stop();
  }
}

/** Queues all pictures at once and follows every job to its end. @returns their last states */
async function runJobs(client: Client, pictures: readonly Uint8Array[]): Promise<string[]> {
  return Promise.all(pictures.map(async (picture) => client.followJob(await client.superResolve(picture))));
}

/** Classifies one picture after the other, several at a time, for as long as `go` says so. */
async function classifyWhile(
  go: () => boolean,
  service: Service,
  client: Client,
  requests: readonly ClassifyRequest[],
  concurrency: number,
): Promise<Phase> {
  const latencies = new Latencies();
  let errors = 0;
  let sent = 0;
  await service.resetLoop();
  const start = performance.now();
  const hand = async () => {
    while (go()) {
      const request = requests[sent % requests.length];
      if (!request) return;
      sent += 1;
      const began = performance.now();
      try {
        await client.classify(request);
        latencies.add(performance.now() - began);
      } catch (error) {
        errors += 1;
        console.error(error instanceof Error ? error.message : error);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, hand));
  return { latencies, errors, seconds: (performance.now() - start) / 1000, loop: await service.loopDelay() };
}

/** True for so many calls. */
function times(max: number): () => boolean {
  let calls = 0;
  return () => (calls += 1) <= max;
}

function figuresOf(phases: Readonly<Record<string, Phase>>): Report['figures'] {
  const figure = (name: string, unit: string, value: (phase: Phase) => number) => ({
    name,
    unit,
    values: Object.fromEntries(Object.entries(phases).map(([situation, phase]) => [situation, value(phase)])),
  });
  return [
    figure('time', 's', ({ seconds }) => seconds),
    figure('classified', '', ({ latencies }) => latencies.count),
    figure('errors', '', ({ errors }) => errors),
    figure('throughput', '/s', ({ latencies, seconds }) => latencies.count / seconds),
    figure('latency p50', 'ms', ({ latencies }) => latencies.quantile(0.5)),
    figure('latency p99', 'ms', ({ latencies }) => latencies.quantile(0.99)),
    figure('event loop mean', 'ms', ({ loop }) => loop.meanMs),
    figure('event loop p50', 'ms', ({ loop }) => loop.p50Ms),
    figure('event loop p99', 'ms', ({ loop }) => loop.p99Ms),
    figure('event loop max', 'ms', ({ loop }) => loop.maxMs),
    figure('memory (RSS)', 'MB', ({ loop }) => loop.rssBytes / 1e6),
  ];
}
