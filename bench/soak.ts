import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { classifyRequest, connect, type Client, type ClassifyRequest } from './client.js';
import { peakMemory, residentIn } from './peak-memory.js';
import { everydayPictures, picturesOfSize } from './pictures.js';
import { startRedis } from './redis.js';
import { below, machine, none, type Report } from './report.js';
import { startService } from './service.js';
import { slopeOf } from './slope.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

const MAX_MEGABYTES = 600;
/** Of 10,000 requests: what allocators and compiled code come to in the second half stays below. */
const MAX_SLOPE_MB = 20;
/** Every so many requests is a super resolution job; the others classify. */
const JOB_EVERY = 50;
const CONCURRENCY = 4;
const QUICK = 60;
const SAMPLES = 50;

const schema = z.object({
  requests: count,
  threads: count,
  quick: z.boolean().default(false),
});

export const soak: Subcommand = {
  about: 'memory over many mixed requests, on Redis: its slope and its peak',
  options: {
    requests: { type: 'string', default: '10000', about: 'requests: classifications, and jobs now and then' },
    threads: { type: 'string', default: '2', about: 'inference threads' },
    quick: { type: 'boolean', default: false, about: `${QUICK} requests: only to see that it works` },
  },
  run: (values) => measure(readOptions(schema, values)),
};

interface Sample {
  readonly requests: number;
  readonly bytes: number;
}

async function measure({ requests, threads, quick }: z.infer<typeof schema>): Promise<Report> {
  const total = quick ? QUICK : requests;
  const pictures = await everydayPictures();
  // Each picture is a job once; the same ones come again and are answered with the job that is there.
  const heavy = await picturesOfSize(320, 240, Math.max(1, Math.ceil(total / JOB_EVERY)));
  const redis = await startRedis();
  const service = await startService({ QUEUE_URL: redis.url, INFERENCE_THREADS: String(threads) });
  const client = connect(service.url);
  const samples: Sample[] = [];
  try {
    const began = performance.now();
    const errors = await send(total, client, pictures.files.map(classifyRequest), heavy, async (sent) => {
      if (sent % Math.ceil(total / SAMPLES) === 0)
        samples.push({ requests: sent, bytes: await residentBytes(service.pid) });
    });
    const seconds = (performance.now() - began) / 1000;
    const peak = (await peakMemory(service.pid)) / 1e6;
    const settled = samples.slice(Math.floor(samples.length / 2));
    const slope = slopeOf(settled.map((sample) => [sample.requests, sample.bytes / 1e6])) * 10_000;
    const at = (share: number) => (samples[Math.floor(share * (samples.length - 1))]?.bytes ?? NaN) / 1e6;
    const figure = (name: string, unit: string, value: number) => ({ name, unit, values: { soak: value } });
    return {
      benchmark: 'soak: memory over many mixed requests',
      setting: {
        ...machine(),
        requests: `${total}, ${CONCURRENCY} at a time: uploads of ${pictures.files.length} ${pictures.origin} to classify, and each ${JOB_EVERY}th a super resolution job of 320x240 pixels`,
        service: `serve on Redis, ${threads} inference threads`,
        slope: 'by least squares through the second half of the samples',
      },
      figures: [
        figure('time', 's', seconds),
        figure('throughput', '/s', total / seconds),
        figure('memory at first', 'MB', at(0)),
        figure('after a quarter', 'MB', at(0.25)),
        figure('after half', 'MB', at(0.5)),
        figure('after three quarters', 'MB', at(0.75)),
        figure('at last', 'MB', at(1)),
        figure('at the most', 'MB', peak),
        figure('slope of 10,000 requests', 'MB', slope),
      ],
      targets: [
        below(`memory stays below ${MAX_MEGABYTES} MB`, peak, MAX_MEGABYTES, 'MB'),
        ...(quick
          ? []
          : [
              below(
                `10,000 requests add less than ${MAX_SLOPE_MB} MB in the second half`,
                slope,
                MAX_SLOPE_MB,
                'MB',
              ),
            ]),
        none('no request fails', errors),
      ],
    };
  } finally {
    await client.close();
    await service.stop();
    await redis.stop();
  }
}

/** @param sampled called after each answer with how many there were */
async function send(
  total: number,
  client: Client,
  requests: readonly ClassifyRequest[],
  heavy: readonly Uint8Array[],
  sampled: (answered: number) => Promise<void>,
): Promise<number> {
  let [begun, answered, errors] = [0, 0, 0];
  const hand = async () => {
    while (begun < total) {
      const index = (begun += 1);
      try {
        const picture = index % JOB_EVERY === 0 ? heavy[index / JOB_EVERY - 1] : undefined;
        const request = requests[index % requests.length];
        if (picture) {
          const status = await client.followJob(await client.superResolve(picture));
          if (status !== 'COMPLETED') throw new Error(`A job has ended ${status}.`);
        } else if (request) await client.classify(request);
      } catch (error) {
        errors += 1;
        console.error(error instanceof Error ? error.message : error);
      }
      answered += 1;
      await sampled(answered);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, hand));
  return errors;
}

async function residentBytes(pid: number): Promise<number> {
  return residentIn(await readFile(`/proc/${pid}/status`, 'utf8'));
}
