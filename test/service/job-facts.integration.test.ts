/** What belongs to a job besides its result: its name, its picture, and its end when it is deleted. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { completed, job, manyTiles, pileUp, SMALL_TILES, submit, updates } from '../kit/service-jobs.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { expectRefused } from './refusal.js';

let service: TestService;
let client: GraphqlClient;

beforeAll(async () => {
  service = await startService({ env: SMALL_TILES });
  client = new GraphqlClient(service.url);
});
afterAll(() => service.stop());

const submitted = z.object({ superResolve: z.object({ id: z.string(), name: z.string().nullable() }) });

async function upload(fileName: string, seed: number, variables: object = {}) {
  const file = { bytes: await picture({ width: 40, height: 30, seed }), name: fileName, type: 'image/png' };
  return dataOf(await client.upload(operation('super-resolve'), file, { ...variables }), submitted)
    .superResolve;
}

describe('the name of a job', () => {
  it('is that of the uploaded file', async () => {
    expect(await upload('Äpfel.png', 1)).toMatchObject({ name: 'Äpfel.png' });
  });

  it('is the one that is given, and a job that is joined keeps its first', async () => {
    const first = await upload('IMG_0001.png', 2, { name: ' holiday/fruit.png ' });
    expect(first.name).toBe('fruit.png');
    expect(await upload('IMG_0002.png', 2, { name: 'other.png' })).toEqual(first);
  });

  it('is none of a picture that came without', async () => {
    const image = inBase64(await picture({ seed: 3 }));
    expect(await client.run('super-resolve', submitted, { image })).toMatchObject({
      superResolve: { name: null },
    });
  });

  it('that is no file name is refused, and nothing is queued', async () => {
    const image = inBase64(await picture({ seed: 4 }));
    const answer = await client.post(operation('super-resolve'), { image, name: '../' });
    expectRefused(answer, 'BAD_USER_INPUT');
  });

  it('is what the result is saved as', async () => {
    const { id } = await upload('Äpfel, rot.png', 5);
    const { url } = await completed(client, id);
    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toBe(
      `inline; filename="?pfel, rot.x4.png"; filename*=UTF-8''%C3%84pfel%2C%20rot.x4.png`,
    );
  });
});

const PICTURES = `query ($id: ID!) { job(id: $id) {
  source { url mediaType width height bytes base64 }
  thumbnail { url mediaType width height bytes base64 }
} }`;
const stored = z.object({
  url: z.url(),
  mediaType: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  base64: z.base64(),
});
const pictures = z.object({ job: z.object({ source: stored.nullable(), thumbnail: stored.nullable() }) });

describe('a job', () => {
  it('gives its picture back as it was sent, and small', async () => {
    const image = await picture({ width: 640, height: 240, seed: 10 });
    const { id } = await submit(client, { image });
    const { source, thumbnail } = dataOf(await client.post(PICTURES, { id }), pictures).job;
    expect(source).toMatchObject({ mediaType: 'image/png', width: 640, height: 240, bytes: image.length });
    expect(Buffer.from(source?.base64 ?? '', 'base64').equals(image)).toBe(true);
    const served = await fetch(source?.url ?? '');
    expect(Buffer.from(await served.arrayBuffer()).equals(image)).toBe(true);

    expect(thumbnail).toMatchObject({ mediaType: 'image/webp', width: 256, height: 96 });
    const small = await (await fetch(thumbnail?.url ?? '')).arrayBuffer();
    expect(small.byteLength).toBe(thumbnail?.bytes);
    expect(await sharp(small).metadata()).toMatchObject({ format: 'webp', width: 256, height: 96 });
    // The second time it comes from the store.
    expect(dataOf(await client.post(PICTURES, { id }), pictures).job.thumbnail?.base64).toBe(
      thumbnail?.base64,
    );
  });

  it('of a small picture has a thumbnail of the same size', async () => {
    const { id } = await submit(client, { image: await picture({ width: 7, height: 5, seed: 11 }) });
    const { thumbnail } = dataOf(await client.post(PICTURES, { id }), pictures).job;
    expect(thumbnail).toMatchObject({ width: 7, height: 5 });
  });
});

describe('the tiles of a job', () => {
  const TILES =
    'query ($id: ID!) { job(id: $id) { status progress { tilesTotal } tiles { columns rows done } } }';
  const tiled = z.object({
    job: z.object({
      status: z.string(),
      progress: z.object({ tilesTotal: z.int() }),
      tiles: z.object({ columns: z.int(), rows: z.int(), done: z.array(z.int()) }).nullable(),
    }),
  });

  it('are told by their place while it waits and runs, and are gone with its end', async () => {
    const { id } = await submit(client, { image: await manyTiles({ seed: 31 }) });
    const seen = new Set<number>();
    for await (const update of updates(client, id)) {
      if (update.status !== 'RUNNING' || update.progress.tilesTotal === 0) continue;
      const { tiles, progress, status } = dataOf(await client.post(TILES, { id }), tiled).job;
      if (status === 'COMPLETED' || !tiles) break;
      expect(tiles.columns * tiles.rows).toBe(progress.tilesTotal);
      expect(tiles.columns / tiles.rows).toBeCloseTo(320 / 240, 0);
      for (const place of tiles.done) seen.add(place);
      expect(Math.max(...tiles.done, 0)).toBeLessThan(progress.tilesTotal);
    }
    expect(seen.size).toBeGreaterThan(0);
    await completed(client, id);
    expect(dataOf(await client.post(TILES, { id }), tiled).job.tiles).toBeNull();
  });
});

describe('an estimate', () => {
  const shape = z.object({
    estimateJob: z.object({
      outputWidth: z.int(),
      outputHeight: z.int(),
      seconds: z.number().positive(),
      jobsAhead: z.int(),
    }),
  });
  const ESTIMATE = operation('estimate-job');

  it('is told before a picture is sent: its size, the time, and what is before it', async () => {
    const { estimateJob } = await client.run('estimate-job', shape, { width: 480, height: 270 });
    expect(estimateJob).toMatchObject({ outputWidth: 1920, outputHeight: 1080 });
    const larger = await client.run('estimate-job', shape, { width: 960, height: 540 });
    expect(larger.estimateJob.seconds).toBeGreaterThan(2 * estimateJob.seconds);
    await pileUp(client, 700);
    const { estimateJob: later } = await client.run('estimate-job', shape, { width: 480, height: 270 });
    expect(later.jobsAhead).toBeGreaterThan(0);
  });

  it.each([
    ['larger than what is enlarged', { width: 4000, height: 4000 }, 'IMAGE_TOO_LARGE'],
    ['no size', { width: 0, height: 10 }, 'BAD_USER_INPUT'],
    ['no model', { width: 10, height: 10, model: 'none' }, 'MODEL_NOT_FOUND'],
    ['a model of another task', { width: 10, height: 10, model: 'builtin-road' }, 'BAD_USER_INPUT'],
  ])('of %s is refused', async (_what, variables, code) => {
    expectRefused(await client.post(ESTIMATE, variables), code);
  });
});

const DELETE = operation('delete-job');

describe('deleting a job', () => {
  it('takes it, its picture and its result away', async () => {
    const image = await picture({ width: 40, height: 30, seed: 20 });
    const { id } = await submit(client, { image });
    const { url } = await completed(client, id);
    const { source, thumbnail } = dataOf(await client.post(PICTURES, { id }), pictures).job;

    expect(await client.post(DELETE, { id })).toMatchObject({ data: { deleteJob: id }, errors: [] });
    expect(await job(client, id)).toBeNull();
    for (const gone of [url, source?.url ?? '', thumbnail?.url ?? ''])
      expect((await fetch(gone)).status).toBe(404);
    expectRefused(await client.post(DELETE, { id }), 'JOB_NOT_FOUND');
    // The same picture is a new job.
    expect((await submit(client, { image })).id).toBe(id);
    await completed(client, id);
  });

  it('that waits is refused until it is canceled', async () => {
    await pileUp(client, 500);
    const { id } = await submit(client, { image: await picture({ seed: 21 }) });
    const refused = await client.post(DELETE, { id });
    expectRefused(refused, 'JOB_NOT_FINISHED');
    expect(refused.errors[0]?.message).toMatch(/Cancel it first\.$/);
    await client.post(operation('cancel-job'), { id });
    expect(await client.post(DELETE, { id })).toMatchObject({ data: { deleteJob: id } });
  });

  it('that is not there is refused', async () => {
    expectRefused(await client.post(DELETE, { id: `sr-${'0'.repeat(32)}` }), 'JOB_NOT_FOUND');
  });
});

describe('a list of jobs', () => {
  const list = z.object({
    jobs: z.object({
      totalCount: z.int(),
      edges: z.array(z.object({ node: z.object({ name: z.string().nullable() }) })),
    }),
  });

  it('has those with a part of a name, in any case', async () => {
    await upload('Needle in hay.png', 30);
    const { jobs } = await client.run('jobs', list, { search: 'needle' });
    expect(jobs).toEqual({ totalCount: 1, edges: [{ node: { name: 'Needle in hay.png' } }] });
    expect((await client.run('jobs', list, { search: 'no such name' })).jobs.totalCount).toBe(0);
  });

  it('is counted by status', async () => {
    const counts = z.object({
      jobCounts: z.object({
        queued: z.int(),
        running: z.int(),
        completed: z.int().positive(),
        failed: z.literal(0),
        canceled: z.literal(0),
      }),
    });
    const { jobCounts } = await client.run('job-counts', counts);
    const all = Object.values(jobCounts).reduce((sum: number, count: number) => sum + count, 0);
    expect(all).toBe((await client.run('jobs', list)).jobs.totalCount);
  });
});
