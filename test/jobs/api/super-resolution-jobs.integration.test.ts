import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { CodedError } from '../../../src/errors.js';
import { openQueueBackend, type JobQueue, type QueueBackend } from '../../../src/queue/backend.js';
import {
  inputKey,
  SUPER_RESOLUTION,
  type JobPayload,
  type JobResult,
} from '../../../src/jobs/shared/contract.js';
import { DiskStore } from '../../../src/storage/disk.js';
import { startRedis } from '../../kit/redis-server.js';
import { temporaryFolder } from '../../queue/stores.js';
import { result } from '../states.js';
import { openJobs, JobHarness } from '../job-harness.js';

let place: JobHarness;

beforeAll(async () => {
  place = await JobHarness.open();
});
afterAll(() => place.close());
afterEach(() => place.reset());

describe('a submission', () => {
  test('becomes a queued job, its image stored beside it', async () => {
    const submission = await place.submission(1);
    const state = await place.jobs.submit(submission);
    expect(state).toMatchObject({
      status: 'QUEUED',
      position: 0,
      attempts: 0,
      startedAt: null,
      result: null,
    });
    const stored = await place.store.get(state.payload.input.key);
    expect(Buffer.from(stored ?? []).equals(submission.image)).toBe(true);
  });

  test('of the same image joins the job that is there', async () => {
    const first = await place.submit(2);
    const second = await place.submit(2);
    expect(second.id).toBe(first.id);
    expect(await place.queue.getJobCountByTypes('waiting')).toBe(1);
  });

  test('of the same image at the same moment is one job', async () => {
    const states = await Promise.all([place.submit(3), place.submit(3), place.submit(3)]);
    expect(new Set(states.map(({ id }) => id)).size).toBe(1);
    expect(await place.queue.getJobCountByTypes('waiting')).toBe(1);
  });

  test('in another format, of another owner or for another model is another job', async () => {
    const model = { ...place.model.prepared, digest: 'e'.repeat(64) };
    const states = await Promise.all([
      place.submit(4),
      place.submit(4, { format: 'WEBP' }),
      place.submit(4, { owner: 'bert' }),
      place.submit(4, { model }),
    ]);
    expect(new Set(states.map(({ id }) => id)).size).toBe(4);
  });

  test('with a known idempotency key is the job that has it, whatever image comes with it', async () => {
    const first = await place.submit(5, { idempotencyKey: 'monday' });
    const second = await place.submit(6, { idempotencyKey: 'monday' });
    expect([second.id, second.payload.input.sha256]).toEqual([first.id, first.payload.input.sha256]);
  });

  test('puts keys on the queue, not pixels', async () => {
    const { id } = await place.submit(7);
    const job = await place.queue.getJob(id);
    expect(JSON.stringify(job?.data).length).toBeLessThan(4096);
  });

  test('whose image cannot be stored fails for that, and is not blamed on the queue', async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => rm(folder, { recursive: true }));
    const occupied = join(folder, 'objects');
    await writeFile(occupied, 'a file where a folder should be');
    const store = new DiskStore(occupied);
    const jobs = await openJobs(place, store);
    const error: unknown = await jobs.submit(await place.submission(8)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CodedError);
    expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });
});

describe('an owner', () => {
  test('sees a job by its id', async () => {
    const { id } = await place.submit(10);
    expect(await place.jobs.get('anna', id)).toMatchObject({ id, status: 'QUEUED' });
  });

  test('does not see somebody else’s job, or one that is not there', async () => {
    const { id } = await place.submit(11);
    expect(await place.jobs.get('bert', id)).toBeNull();
    expect(await place.jobs.get('anna', 'sr-nothing')).toBeNull();
  });

  test.each(['cancel', 'retry'] as const)('cannot %s somebody else’s job', async (action) => {
    const { id } = await place.submit(12);
    await expect(place.jobs[action]('bert', id)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  test('cannot follow somebody else’s job', async () => {
    const { id } = await place.submit(13);
    const following = place.jobs.follow('bert', id, AbortSignal.timeout(1000));
    await expect(following).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
      message: expect.stringContaining(id) as string,
    });
  });

  test('lists all own jobs and nobody else’s', async () => {
    const mine = [await place.submit(14), await place.submit(15)];
    await place.submit(14, { owner: 'bert' });
    const page = await place.jobs.list('anna', {
      first: 10,
      after: undefined,
      status: undefined,
      search: undefined,
    });
    expect(page.totalCount).toBe(2);
    expect(page.jobs.map(({ state }) => state.id).sort()).toEqual(mine.map(({ id }) => id).sort());
  });

  test('is told the same place in the queue by a list and by each job', async () => {
    const [first, second] = [await place.submit(16), await place.submit(17)];
    const { jobs } = await place.jobs.list('anna', {
      first: 10,
      after: undefined,
      status: 'QUEUED',
      search: undefined,
    });
    const listed = new Map(jobs.map(({ state }) => [state.id, state.position]));
    expect([listed.get(first.id), listed.get(second.id)]).toEqual([0, 1]);
    expect((await place.jobs.get('anna', second.id))?.position).toBe(1);
  });
});

describe('canceling a job that waits', () => {
  test('is done at once', async () => {
    const { id } = await place.submit(20);
    const state = await place.jobs.cancel('anna', id);
    expect(state).toMatchObject({ status: 'CANCELED', position: null });
    expect(state.finishedAt).toBeInstanceOf(Date);
  });

  test('can be asked for twice', async () => {
    const { id } = await place.submit(21);
    const first = await place.jobs.cancel('anna', id);
    expect(await place.jobs.cancel('anna', id)).toEqual(first);
  });

  test('is told to who follows it', async () => {
    const { id } = await place.submit(22);
    const ended = place.until(id, 'CANCELED');
    await place.jobs.cancel('anna', id);
    expect((await ended).at(-1)?.status).toBe('CANCELED');
  });

  test('can be taken back by a retry', async () => {
    const { id } = await place.submit(23);
    await place.jobs.cancel('anna', id);
    expect(await place.jobs.retry('anna', id)).toMatchObject({ id, status: 'QUEUED', finishedAt: null });
  });

  test('makes room for a new job of the same image', async () => {
    const { id } = await place.submit(24);
    await place.jobs.cancel('anna', id);
    expect(await place.submit(24)).toMatchObject({ id, status: 'QUEUED' });
  });
});

test('there is nothing to retry about a job that waits', async () => {
  const { id } = await place.submit(30);
  await expect(place.jobs.retry('anna', id)).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: `Job ${id} is QUEUED. Only failed and canceled jobs can be retried.`,
  });
});

test('a job that ends while it is looked at is not seen as one that ended without a result', async () => {
  const worker = place.backend.worker<JobPayload, JobResult>(
    SUPER_RESOLUTION,
    () => Promise.reject(new Error('Run by hand')),
    {
      autorun: false,
    },
  );
  const { id } = await place.submit(31);
  const taken = await worker.getNextJob('token');
  const jobs = await openJobs(
    {
      backend: lookingSlowly(place.backend, async () => {
        await taken.moveToCompleted(result(), 'token', false);
      }),
    },
    place.store,
  );
  const state = await jobs.get('anna', id);
  await worker.close();
  expect(state).toMatchObject({ status: 'COMPLETED', result: result() });
});

/** A backend whose queues let something happen between the two halves of their first look at a job. */
function lookingSlowly(backend: QueueBackend, meanwhile: () => Promise<void>): QueueBackend {
  let happened = false;
  const once = async () => {
    if (happened) return;
    happened = true;
    await meanwhile();
  };
  return {
    ...backend,
    queue<Data, Result>(name: string, options = {}) {
      const queue: JobQueue<Data, Result> = backend.queue(name, options);
      const getJob = queue.getJob.bind(queue);
      const getJobState = queue.getJobState.bind(queue);
      queue.getJob = async (id) => {
        const job = await getJob(id);
        await once();
        return job;
      };
      queue.getJobState = async (id) => {
        const state = await getJobState(id);
        await once();
        return state;
      };
      return queue;
    },
  };
}

test.skipIf(inject('redisServer') === null)(
  'a queue that is away is told as such, by every method',
  async () => {
    const redis = await startRedis();
    const backend = await openQueueBackend({ url: redis.url, dataDir: '/nowhere', onError: () => undefined });
    const jobId = `sr-${'0'.repeat(32)}`;
    onTestFinished(() => backend.close());
    const jobs = await openJobs({ backend }, place.store);
    const submission = await place.submission(32);
    await redis.stop();
    const page = { first: 1, after: undefined, status: undefined, search: undefined };
    const calls = [
      jobs.submit(submission),
      jobs.get('anna', jobId),
      jobs.list('anna', page),
      jobs.cancel('anna', jobId),
      jobs.retry('anna', jobId),
      jobs.follow('anna', jobId, AbortSignal.timeout(10_000)),
    ];
    const outcomes = await Promise.allSettled(calls);
    const away = expect.objectContaining({
      code: 'QUEUE_UNAVAILABLE',
      facts: { retryAfterMs: 3000 },
    }) as unknown;
    expect(outcomes).toEqual(calls.map(() => ({ status: 'rejected', reason: away })));
  },
);

test('the keys of a job’s files are made of its id', async () => {
  const { id, payload } = await place.submit(33);
  expect(payload.input.key).toBe(inputKey(id, payload.input));
});
