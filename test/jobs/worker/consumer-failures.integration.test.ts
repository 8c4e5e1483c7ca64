import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/errors.js';
import { TILES, JobHarness } from '../job-harness.js';

let place: JobHarness;

beforeAll(async () => {
  place = await JobHarness.open();
});
afterAll(() => place.close());
afterEach(() => place.reset());

describe('a job fails at once, and says why', () => {
  test('when its image is no longer kept', async () => {
    const { id, payload } = await place.submit(200);
    await place.store.delete(payload.input.key);
    await place.work();
    expect(await place.reached(id, 'FAILED')).toMatchObject({
      attempts: 1,
      result: null,
      failure: {
        code: 'BAD_USER_INPUT',
        message: 'The image of this job is no longer kept. Send it again as a new job.',
      },
    });
  });

  test('when its image is damaged', async () => {
    const { image } = await place.submission(201);
    const { id } = await place.submit(201, { image: image.subarray(0, image.length / 2) });
    await place.work();
    const { attempts, failure } = await place.reached(id, 'FAILED');
    expect([attempts, failure?.code]).toEqual([1, 'BAD_IMAGE']);
    expect(failure?.message).toMatch(/^The image cannot be read/);
  });
});

describe('a job is tried three times', () => {
  test('when its model has changed since, which may be only so on this machine', async () => {
    const { id } = await place.submit(210, { model: { ...place.model.prepared, digest: 'e'.repeat(64) } });
    await place.work();
    const { attempts, failure } = await place.reached(id, 'FAILED');
    expect(attempts).toBe(3);
    expect(failure).toEqual({
      code: 'MODEL_UNAVAILABLE',
      message:
        'Model builtin-superres-x4 has changed since this job was queued. Send the image again as a new job.',
    });
    expect(place.failures.map(({ jobId }) => jobId)).toEqual([id, id, id]);
  });

  test('when this worker cannot have its model', async () => {
    const { id } = await place.submit(211);
    await place.work({
      model: (name) => Promise.reject(new CodedError('MODEL_UNAVAILABLE', `Model ${name} cannot be used.`)),
    });
    const { attempts, failure } = await place.reached(id, 'FAILED');
    expect([attempts, failure?.code]).toEqual([3, 'MODEL_UNAVAILABLE']);
  });

  test('when something breaks inside, which stays inside', async () => {
    const { id } = await place.submit(212);
    place.runner.before = (kind) =>
      kind === 'openShared' ? Promise.reject(new Error('EIO: read /dev/sda1')) : Promise.resolve();
    await place.work();
    const { attempts, failure } = await place.reached(id, 'FAILED');
    expect([attempts, failure?.code]).toEqual([3, 'INTERNAL_SERVER_ERROR']);
    expect(failure?.message).not.toContain('EIO');
    expect(place.failures.map(({ error }) => String(error))).toEqual(
      Array(3).fill('Error: EIO: read /dev/sda1'),
    );
  });
});

describe('what was done before a failure', () => {
  test('is not done again in the next attempt', async () => {
    const { id } = await place.submit(220);
    place.runner.before = (kind, count) =>
      kind === 'upscaleTile' && count === 4 ? Promise.reject(new Error('a thread ended')) : Promise.resolve();
    await place.work();
    const { attempts, progress } = await place.reached(id, 'COMPLETED');
    expect([attempts, progress]).toEqual([2, { tilesDone: TILES, tilesTotal: TILES }]);
    expect(place.runner.count('upscaleTile')).toBe(TILES + 1);
    expect(place.runner.count('restoreTile')).toBe(3);
  });

  test('is used by a retry of the failed job', async () => {
    const { id } = await place.submit(221);
    let broken = true;
    place.runner.before = (kind, count) =>
      broken && kind === 'upscaleTile' && count > 2 ? Promise.reject(new Error('broken')) : Promise.resolve();
    await place.work();
    await place.reached(id, 'FAILED');
    broken = false;
    const before = place.runner.count('upscaleTile');
    const retried = await place.jobs.retry('anna', id);
    expect(retried).toMatchObject({ id, failure: null, finishedAt: null });
    expect(await place.reached(id, 'COMPLETED')).toMatchObject({ attempts: 1 });
    expect(place.runner.count('upscaleTile') - before).toBe(TILES - 2);
  });
});

describe('a failed job', () => {
  test('does not stand in the way of the same request', async () => {
    const { id, payload } = await place.submit(230);
    await place.store.delete(payload.input.key);
    const consumer = await place.work();
    await place.reached(id, 'FAILED');
    await consumer.stop();
    expect(await place.submit(230)).toMatchObject({ id, status: 'QUEUED', failure: null, attempts: 0 });
  });

  test('is what its idempotency key stands for, until it is retried', async () => {
    const { id, payload } = await place.submit(231, { idempotencyKey: 'tuesday' });
    await place.store.delete(payload.input.key);
    const consumer = await place.work();
    await place.reached(id, 'FAILED');
    await consumer.stop();
    expect(await place.submit(231, { idempotencyKey: 'tuesday' })).toMatchObject({ id, status: 'FAILED' });
    expect(await place.jobs.retry('anna', id)).toMatchObject({ id, status: 'QUEUED' });
  });

  test('does not keep a worker from the next one', async () => {
    const failing = await place.submit(232);
    const sound = await place.submit(233);
    await place.store.delete(failing.payload.input.key);
    await place.work();
    expect((await place.reached(sound.id, 'COMPLETED')).status).toBe('COMPLETED');
    expect((await place.jobs.get('anna', failing.id))?.status).toBe('FAILED');
  });
});
