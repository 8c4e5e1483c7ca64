/** Every example operation against the service as `npm start` runs it, on its embedded queue. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import sharp from 'sharp';
import { z } from 'zod';
import { readManifests } from '../../src/registry/manifest.js';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { completed, follow, job, pileUp, SMALL_TILES, submit } from '../kit/service-jobs.js';
import { operation, operationNames, operationsTaken } from '../kit/service-operations.js';
import { inBase64, picture, pngFile } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

const shippedModels = () => readManifests([resolve('models/manifest.json')]);

let service: TestService;
let client: GraphqlClient;

beforeAll(async () => {
  service = await startService({ env: SMALL_TILES });
  client = new GraphqlClient(service.url);
});
afterAll(() => service.stop());

const score = z.number().min(0).max(1);
const times = z.record(z.string(), z.number().min(0));
const link = z.object({ url: z.url() });

it('classifies an uploaded picture', async () => {
  const answer = await client.upload(operation('classify'), pngFile(await picture()), { topK: 3 });
  const label = z.object({ index: z.int(), synset: z.string().nullable(), name: z.string(), score });
  const shape = z.object({
    classify: z.object({
      labels: z.array(label).length(3),
      model: z.object({ id: z.literal('builtin-classifier'), origin: z.literal('BUILT_IN') }),
      image: z.object({ width: z.literal(160), height: z.literal(120), format: z.literal('png') }),
      timing: times,
    }),
  });
  const { labels } = dataOf(answer, shape).classify;
  expect(labels.map((each) => each.score)).toEqual(labels.map((each) => each.score).sort((a, b) => b - a));
});

it('takes the road out of a picture, with mask and overlay', async () => {
  const shape = z.object({
    segmentRoad: z.object({
      areas: z.array(z.object({ class: z.string(), fraction: score, pixels: z.int() })),
      mask: z.object({
        url: z.url(),
        mediaType: z.literal('image/png'),
        width: z.literal(160),
        height: z.literal(120),
        bytes: z.int().positive(),
        expiresAt: z.iso.datetime(),
      }),
      overlay: link,
      model: z.object({ id: z.literal('builtin-road') }),
      timing: times,
    }),
  });
  const { segmentRoad } = await client.run('segment-road', shape, { image: inBase64(await picture()) });
  const whole = segmentRoad.areas.reduce((sum, area) => sum + area.pixels, 0);
  expect(whole).toBe(160 * 120);
});

it('finds objects, cuts them out and draws them', async () => {
  const place = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
  const object = z.object({
    classIndex: z.int(),
    label: z.string(),
    score,
    box: place.extend({ relative: place }),
    crop: link,
  });
  const shape = z.object({
    detectObjects: z.object({
      objects: z.array(object).min(1),
      annotated: link.extend({ width: z.literal(160), height: z.literal(120) }),
      model: z.object({ id: z.literal('builtin-detector') }),
      timing: times,
    }),
  });
  const variables = { image: inBase64(await picture()), minScore: 0 };
  const { objects } = (await client.run('detect-objects', shape, variables)).detectObjects;
  for (const { box } of objects) expect(box.relative.x).toBeCloseTo(box.x / 160, 5);
});

it('analyzes a picture with several models at once', async () => {
  const label = z.object({ name: z.string(), score });
  const shape = z.object({
    analyze: z.object({
      image: z.object({ width: z.literal(160), height: z.literal(120) }),
      classification: z.object({ labels: z.array(label).length(3) }),
      road: z.object({ areas: z.array(z.object({ class: z.string(), fraction: score })).length(2) }),
      detection: z.object({ objects: z.array(label.partial({ name: true })) }),
    }),
  });
  await client.run('analyze', shape, { image: inBase64(await picture()) });
});

it('lists the models, those that cannot be used with the reason', async () => {
  const model = z.object({
    id: z.string(),
    task: z.string(),
    title: z.string(),
    origin: z.enum(['OFFICIAL', 'BUILT_IN']),
    status: z.enum(['READY', 'UNAVAILABLE']),
    unavailableReason: z.string().nullable(),
    isDefault: z.boolean(),
    license: z.string(),
    source: z.url().nullable(),
    precision: z.string(),
    inputWidth: z.int().nullable(),
    inputHeight: z.int().nullable(),
  });
  const { models } = await client.run('models', z.object({ models: z.array(model) }));
  expect(models.map(({ id }) => id)).toEqual((await shippedModels()).map(({ id }) => id));
  for (const { status, unavailableReason } of models) {
    expect(unavailableReason === null).toBe(status === 'READY');
  }
  const { models: detectors } = await client.run('models', z.object({ models: z.array(model) }), {
    task: 'DETECT_OBJECTS',
  });
  expect(detectors.map(({ task }) => task)).toEqual(Array(3).fill('DETECT_OBJECTS'));
});

it('shows one model with its labels', async () => {
  const shape = z.object({
    model: z.object({
      id: z.literal('builtin-classifier'),
      title: z.string(),
      status: z.literal('READY'),
      labels: z.array(z.string()).length(200),
    }),
  });
  await client.run('model', shape, { id: 'builtin-classifier' });
});

it('answers null for a model that it does not know', async () => {
  expect(await client.run('model', z.object({ model: z.null() }), { id: 'no-such-model' })).toEqual({
    model: null,
  });
});

it('tells what an enlargement would be', async () => {
  const estimate = z.object({ outputWidth: z.literal(1920), seconds: z.number(), jobsAhead: z.int() });
  const size = { width: 480, height: 270 };
  await client.run('estimate-job', z.object({ estimateJob: estimate }), size);
});

it('follows a model, and has nothing to fetch of one that is ready', async () => {
  const ready = z.object({ id: z.literal('builtin-road'), status: z.literal('READY'), progress: z.null() });
  await client.run('prepare-model', z.object({ prepareModel: ready }), { id: 'builtin-road' });
  for await (const answer of client.stream(operation('model-updated'), { id: 'builtin-road' })) {
    expect(dataOf(answer, z.object({ modelUpdated: ready })).modelUpdated.status).toBe('READY');
    break;
  }
});

it('enlarges a picture four times in a job, and hands the result out', async () => {
  const queued = await submit(client, { image: await picture() });
  expect(queued).toMatchObject({ outputWidth: 640, outputHeight: 480, model: { id: 'builtin-superres-x4' } });

  const { url, bytes } = await completed(client, queued.id);
  const file = await fetch(url);
  const body = Buffer.from(await file.arrayBuffer());
  expect(file.headers.get('content-type')).toBe('image/png');
  expect(body).toHaveLength(bytes);
  expect(await sharp(body).metadata()).toMatchObject({ format: 'png', width: 640, height: 480 });
});

it('follows a job to its end and shows it afterwards', async () => {
  const { id } = await submit(client, { image: await picture({ seed: 2 }) });
  const states = await follow(client, id);
  expect(states.at(-1)).toMatchObject({ id, status: 'COMPLETED', progress: { fraction: 1 } });
  expect(await job(client, id)).toMatchObject({
    id,
    status: 'COMPLETED',
    attempts: 1,
    error: null,
    position: null,
  });
});

it('cancels a job that waits, and queues it again when asked to', async () => {
  await pileUp(client, 300);
  const { id } = await submit(client, { image: await picture({ seed: 3 }) });
  const canceled = z.object({
    cancelJob: z.object({ id: z.literal(id), status: z.literal('CANCELED'), finishedAt: z.iso.datetime() }),
  });
  await client.run('cancel-job', canceled, { id });

  const retried = z.object({
    retryJob: z.object({ id: z.literal(id), status: z.literal('QUEUED'), attempts: z.literal(0) }),
  });
  await client.run('retry-job', retried, { id });
  await completed(client, id);
});

it('lists the jobs', async () => {
  const node = z.object({ id: z.string(), status: z.string(), createdAt: z.iso.datetime() });
  const shape = z.object({
    jobs: z.object({
      totalCount: z.int().positive(),
      edges: z.array(z.object({ cursor: z.string(), node })).min(1),
      pageInfo: z.object({
        hasNextPage: z.boolean(),
        hasPreviousPage: z.boolean(),
        startCursor: z.string(),
        endCursor: z.string(),
      }),
    }),
  });
  await submit(client);
  const { jobs: newest } = await client.run('jobs', shape, { first: 1 });
  const [edge] = newest.edges;
  expect(newest.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: edge?.cursor,
    endCursor: edge?.cursor,
  });
  const { jobs: older } = await client.run('jobs', shape, { after: edge?.cursor });
  expect(older.pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: true,
    startCursor: older.edges[0]?.cursor,
    endCursor: older.edges.at(-1)?.cursor,
  });
});

it('counts the jobs by status', async () => {
  const count = z.int().min(0);
  const shape = z.object({
    jobCounts: z.object({
      queued: count,
      running: count,
      completed: count.positive(),
      failed: count,
      canceled: count,
    }),
  });
  await client.run('job-counts', shape);
});

it('deletes a finished job', async () => {
  const { id } = await submit(client, { image: await picture({ seed: 4 }) });
  await completed(client, id);
  await client.run('delete-job', z.object({ deleteJob: z.literal(id) }), { id });
  expect(await job(client, id)).toBeNull();
});

it('tells what it accepts', async () => {
  const shape = z.object({
    limits: z.object({
      uploadBytes: z.literal(20_000_000),
      imagePixels: z.literal(50_000_000),
      superResolutionPixels: z.literal(4_000_000),
      formats: z.array(z.string()),
    }),
  });
  const { limits } = await client.run('limits', shape);
  expect(limits.formats).toEqual(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif', 'bmp']);
});

// The last test: it looks at what the ones above have done.
it('has executed every example operation', () => {
  expect(operationsTaken()).toEqual(operationNames());
});
