import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { coreOf, keysOf } from '../../../src/jobs/shared/contract.js';
import type { JobState } from '../../../src/jobs/shared/job-state.js';
import { maxDifference, meanDifference } from '../../kit/pictures.js';
import { PICTURE, pictureFile, TILES, JobHarness } from '../job-harness.js';

let place: JobHarness;

beforeAll(async () => {
  place = await JobHarness.open();
});
afterAll(() => place.close());
afterEach(() => place.reset());

/** The pixels of a finished job's result. */
async function pixelsOf({ result }: JobState): Promise<Buffer> {
  const file = await place.store.get(result?.key ?? '');
  return sharp(file).removeAlpha().raw().toBuffer();
}

async function storedTiles(id: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of place.store.list(`jobs/${id}`)) if (coreOf(key)) found.push(key);
  return found;
}

describe('a job', () => {
  test('goes from the queue to its end, and its progress is told tile by tile', async () => {
    const { id } = await place.submit(100);
    const states = place.until(id, 'COMPLETED');
    await place.work();
    const seen = await states;
    expect(seen.map(({ status }) => status).filter((status) => status !== 'QUEUED')).toEqual([
      ...seen.slice(0, -1).flatMap(({ status }) => (status === 'QUEUED' ? [] : ['RUNNING'])),
      'COMPLETED',
    ]);
    expect(seen.length).toBeGreaterThan(2);
    const done = seen.map(({ progress }) => progress.tilesDone);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({
      position: null,
      attempts: 1,
      progress: { tilesDone: TILES, tilesTotal: TILES },
      failure: null,
    });
  });

  test('leaves a result of four times the size, and no tiles', async () => {
    const { id } = await place.submit(101);
    const worker = await place.work();
    const { result, payload } = await place.reached(id, 'COMPLETED');
    await worker.stop();
    const key = keysOf(id, payload).output;
    const file = await place.store.get(key);
    expect(result).toEqual({
      key,
      bytes: file?.byteLength,
      width: PICTURE.width * 4,
      height: PICTURE.height * 4,
      format: 'PNG',
    });
    expect(await sharp(file).metadata()).toMatchObject({ format: 'png', width: 160, height: 120 });
    expect(await storedTiles(id)).toEqual([]);
  });

  test('shows the same picture, only larger', async () => {
    const { id } = await place.submit(102);
    await place.work();
    const done = await place.reached(id, 'COMPLETED');
    const plain = await sharp(await pictureFile(102))
      .resize(160, 120, { kernel: 'cubic' })
      .raw()
      .toBuffer();
    expect(meanDifference(await pixelsOf(done), plain)).toBeLessThan(6);
  });

  test('has no seams: its tiles together are what one tile would be', async () => {
    const tiled = await place.submit(103);
    const whole = await place.inOneTile(103);
    await place.work();
    const inTiles = await pixelsOf(await place.reached(tiled.id, 'COMPLETED'));
    const inOne = await pixelsOf(await place.reached(whole.id, 'COMPLETED'));
    expect(maxDifference(inTiles, inOne)).toBeLessThanOrEqual(1);
  });

  test('of one pixel becomes sixteen', async () => {
    const image = await pictureFile(104, { width: 1, height: 1 });
    const submission = await place.submission(104, { image });
    const { id } = await place.jobs.submit({
      ...submission,
      input: { ...submission.input, width: 1, height: 1 },
    });
    await place.work();
    const { result } = await place.reached(id, 'COMPLETED');
    expect(result).toMatchObject({ width: 4, height: 4 });
  });

  test.each([
    ['JPEG', 'jpeg'],
    ['WEBP', 'webp'],
  ] as const)('is encoded as %s when that is asked for', async (format, name) => {
    const { id } = await place.submit(105, { format });
    await place.work();
    const { result } = await place.reached(id, 'COMPLETED');
    expect((await sharp(await place.store.get(result?.key ?? '')).metadata()).format).toBe(name);
  });

  test('sends the queue no event that is large', async () => {
    const events = await place.backend.events('super-resolution');
    const sizes: number[] = [];
    for (const name of ['added', 'waiting', 'active', 'progress', 'completed'] as const) {
      events.on(name, (event: object) => void sizes.push(JSON.stringify(event).length));
    }
    const { id } = await place.submit(106);
    await place.work();
    await place.reached(id, 'COMPLETED');
    expect(sizes.length).toBeGreaterThan(TILES);
    expect(Math.max(...sizes)).toBeLessThan(1024);
  });
});

describe('a finished job', () => {
  test('serves the next request for the same without any work', async () => {
    const { id } = await place.submit(110);
    await place.work();
    await place.reached(id, 'COMPLETED');
    const tiles = place.runner.count('upscaleTile');
    expect(await place.submit(110)).toMatchObject({ id, status: 'COMPLETED' });
    expect(place.runner.count('upscaleTile')).toBe(tiles);
  });

  test('is done anew when its result has been swept away', async () => {
    const { id } = await place.submit(111);
    const worker = await place.work();
    const { result } = await place.reached(id, 'COMPLETED');
    await worker.stop();
    await place.store.delete(result?.key ?? '');
    await place.work();
    expect((await place.submit(111)).id).toBe(id);
    await place.reached(id, 'COMPLETED');
    expect(await place.store.has(result?.key ?? '')).toBe(true);
    expect(place.runner.count('upscaleTile')).toBe(2 * TILES);
  });

  test('can be neither canceled nor retried', async () => {
    const { id } = await place.submit(112);
    await place.work();
    await place.reached(id, 'COMPLETED');
    await expect(place.jobs.cancel('anna', id)).rejects.toMatchObject({
      code: 'JOB_NOT_CANCELABLE',
      message: `Job ${id} is COMPLETED already. Only queued and running jobs can be canceled.`,
    });
    await expect(place.jobs.retry('anna', id)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
