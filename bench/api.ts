import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { z } from 'zod';
import { Latencies } from './latencies.js';
import { machine } from './machine.js';
import { uploadOf, type Upload } from './multipart.js';
import { picturesOfSize } from './pictures.js';
import { none, type Report } from './report.js';
import { spread } from './rounds.js';
import { startService } from './service.js';
import { count, readOptions, UsageError, type Subcommand } from './subcommand.js';

const schema = z.object({
  width: count,
  height: count,
  seconds: count,
  rounds: count,
  connections: z
    .string()
    .regex(/^[1-9]\d*(,[1-9]\d*)*$/, 'expected numbers of connections, like 1,16')
    .transform((list) => list.split(',').map(Number)),
  ways: z.string().transform((list) => list.split(',')),
  operations: z.string().transform((list) => list.split(',')),
  quick: z.boolean(),
});

const MUTATIONS: Readonly<Record<string, string>> = {
  classify: 'classify(image: $image, topK: 1) { labels { name score } }',
  segmentRoad: 'segmentRoad(image: $image) { areas { class fraction } }',
  detectObjects: 'detectObjects(image: $image) { objects { label score box { x y width height } } }',
};
const WAYS = ['upload', 'base64', 'url'] as const;

export const api: Subcommand = {
  about: 'requests to a service of its own, by upload, base64 and address, over 1 to 64 connections',
  options: {
    width: { type: 'string', default: '500', about: "the JPEG's width, in pixels" },
    height: { type: 'string', default: '375', about: "the JPEG's height, in pixels" },
    connections: {
      type: 'string',
      default: '1,8,16,64',
      about: 'connections, each with one request at a time',
    },
    ways: { type: 'string', default: WAYS.join(','), about: 'how the picture is given' },
    operations: { type: 'string', default: 'classify', about: Object.keys(MUTATIONS).join(', ') },
    seconds: { type: 'string', default: '5', about: 'length of a round' },
    rounds: { type: 'string', default: '3', about: 'rounds, turn by turn' },
    quick: { type: 'boolean', default: false, about: 'only see that it works' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

interface Round {
  readonly perSecond: number;
  readonly latencies: Latencies;
  readonly errors: number;
}

async function measure(options: z.infer<typeof schema>): Promise<Report> {
  const { width, height, quick } = options;
  const milliseconds = quick ? 200 : options.seconds * 1000;
  const rounds = quick ? 1 : options.rounds;
  const [image] = await picturesOfSize(width, height, 1);
  if (!image) throw new Error('Expected a picture to send');
  const pictures = await serve(image);
  const service = await startService({ URL_EXEMPT_HOSTS: pictures.host });
  try {
    const cells = options.operations.flatMap((operation) =>
      options.ways.flatMap((way) => {
        const request = requestOf(operation, way, image, pictures.host);
        return (quick ? [2] : options.connections).map((connections) => ({
          name: `${operation} by ${way}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`,
          run: (span: number) => send(service.url, request, connections, span),
          found: [] as Round[],
        }));
      }),
    );
    for (const { run } of cells) await run(Math.min(500, milliseconds));
    for (let round = 0; round < rounds; round += 1)
      for (const { run, found } of cells) found.push(await run(milliseconds));
    const errors = cells.flatMap(({ found }) => found).reduce((sum, round) => sum + round.errors, 0);
    return {
      benchmark: 'api: requests to a service in a process of its own, closed loop',
      setting: {
        ...(await machine()),
        picture: `one JPEG of ${width}x${height}, ${image.length} bytes`,
        rounds: `${rounds} of ${milliseconds / 1000} s for each line, turn by turn; latencies are medians of the rounds`,
      },
      figures: cells.map(({ name, found }) => {
        const { median, min, max } = spread(found.map(({ perSecond }) => perSecond));
        const latency = (share: number) =>
          spread(found.map(({ latencies }) => latencies.quantile(share))).median;
        return {
          name,
          unit: '',
          values: {
            'requests/s': median,
            min,
            max,
            'p50 ms': latency(0.5),
            'p90 ms': latency(0.9),
            'p99 ms': latency(0.99),
            errors: found.reduce((sum, round) => sum + round.errors, 0),
          },
        };
      }),
      targets: [none('no request fails', errors)],
    };
  } finally {
    await service.stop();
    await pictures.close();
  }
}

function requestOf(operation: string, way: string, image: Uint8Array, host: string): Upload {
  const field = MUTATIONS[operation];
  if (field === undefined) throw new UsageError(`There is no operation ${operation} to measure`);
  const query = `mutation ($image: ImageInput!) { ${field} }`;
  const json = (given: Record<string, string>): Upload => ({
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ query, variables: { image: given } })),
  });
  switch (way) {
    case 'upload':
      return uploadOf(query, image);
    case 'base64':
      return json({ base64: Buffer.from(image).toString('base64') });
    case 'url':
      return json({ url: `http://${host}/picture.jpg` });
    default:
      throw new UsageError(`A picture is given by ${WAYS.join(', ')}, and not by ${way}`);
  }
}

/** Sends the same request over and over, one at a time on each connection. */
async function send(url: string, request: Upload, connections: number, milliseconds: number): Promise<Round> {
  const pool = new Pool(url, { connections });
  const latencies = new Latencies();
  let errors = 0;
  const start = performance.now();
  const hand = async () => {
    while (performance.now() - start < milliseconds) {
      const began = performance.now();
      const answer = await pool.request({ path: '/graphql', method: 'POST', ...request });
      const { errors: faults } = (await answer.body.json()) as { errors?: unknown };
      if (faults !== undefined || answer.statusCode !== 200) errors += 1;
      else latencies.add(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, hand));
  const perSecond = latencies.count / ((performance.now() - start) / 1000);
  await pool.close();
  return { perSecond, latencies, errors };
}

/** Serves the picture, for the service to download. */
async function serve(image: Uint8Array): Promise<{ host: string; close: () => Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'image/jpeg').end(image);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
