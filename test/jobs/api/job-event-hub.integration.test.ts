import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CodedError } from '../../../src/errors.js';
import type { JobEventsProducer, JobQueue } from '../../../src/queue/backend.js';
import { JobEventHub } from '../../../src/jobs/api/job-event-hub.js';
import type { JobState, JobStatus } from '../../../src/jobs/shared/job-state.js';
import { openEmbedded, type Embedded } from '../../queue/embedded.js';
import { result, state } from '../states.js';

const AWAY = new CodedError('QUEUE_UNAVAILABLE', 'The job queue does not answer.');

/** A job whose present state the test decides on, and what its followers look at. */
class Watched {
  readonly id = state().id;
  looks = 0;
  now: JobState | null | 'away' = state({ id: this.id });

  is(status: JobStatus, more: Partial<JobState> = {}): void {
    this.now = state({ id: this.id, status, ...more });
  }

  readonly look = (): Promise<JobState | null> => {
    this.looks += 1;
    return this.now === 'away' ? Promise.reject(AWAY) : Promise.resolve(this.now);
  };
}

let embedded: Embedded;
let queue: JobQueue;
let producer: JobEventsProducer;
let news: JobEventHub;
let job: Watched;
let stop: AbortController;

beforeAll(async () => {
  embedded = await openEmbedded();
  queue = embedded.backend.queue('news');
  producer = embedded.backend.eventsProducer('news');
  news = new JobEventHub([await embedded.backend.events('news')]);
});
afterAll(() => embedded.close());
beforeEach(() => {
  job = new Watched();
  stop = new AbortController();
});
afterEach(() => stop.abort());

function follow(): AsyncGenerator<JobState> {
  return news.follow(job.id, job.look, stop.signal);
}

async function next(states: AsyncGenerator<JobState>): Promise<JobStatus | 'end'> {
  const step = await states.next();
  return step.done ? 'end' : step.value.status;
}

/** What the queue says when a job of this id enters it. */
async function announce(): Promise<void> {
  await queue.add('upscale', {}, { jobId: job.id });
}

test('a follower is sent the present state first', async () => {
  job.is('RUNNING');
  expect(await next(follow())).toBe('RUNNING');
});

test('the queue’s news of a job make its follower look again', async () => {
  const states = follow();
  expect(await next(states)).toBe('QUEUED');
  job.is('RUNNING');
  const coming = next(states);
  await announce();
  expect(await coming).toBe('RUNNING');
});

test('a change that the queue has no event for can be told', async () => {
  const states = follow();
  await next(states);
  job.is('CANCELED');
  const coming = next(states);
  news.tell(job.id);
  expect(await coming).toBe('CANCELED');
});

test('a change between two looks is not missed, though nobody listens at that moment', async () => {
  const states = follow();
  await next(states);
  // The follower has been answered and has not asked again.
  job.is('RUNNING');
  news.tell(job.id);
  expect(await next(states)).toBe('RUNNING');
});

test('a change while a look is under way is not missed', async () => {
  const look = job.look;
  const states = news.follow(
    job.id,
    async () => {
      const seen = await look();
      // What was read is old by the time it is handed over.
      if (job.looks === 1) {
        job.is('COMPLETED', { result: result() });
        news.tell(job.id);
      }
      return seen;
    },
    stop.signal,
  );
  expect([await next(states), await next(states), await next(states)]).toEqual([
    'QUEUED',
    'COMPLETED',
    'end',
  ]);
});

test('a slow reader misses what lies in between, never the last state', async () => {
  const states = follow();
  await next(states);
  for (const status of ['RUNNING', 'QUEUED', 'RUNNING'] as const) {
    job.is(status);
    news.tell(job.id);
  }
  job.is('COMPLETED', { result: result() });
  news.tell(job.id);
  expect([await next(states), await next(states)]).toEqual(['COMPLETED', 'end']);
});

test('the same state is not sent twice', async () => {
  const states = follow();
  await next(states);
  const coming = next(states);
  news.tell(job.id);
  await vi.waitFor(() => expect(job.looks).toBe(2));
  job.is('RUNNING');
  news.tell(job.id);
  expect(await coming).toBe('RUNNING');
});

test('news of other jobs wake nobody else', async () => {
  const states = follow();
  await next(states);
  const coming = next(states);
  news.tell('sr-another');
  job.is('RUNNING');
  news.tell(job.id);
  await coming;
  expect(job.looks).toBe(2);
});

describe('following ends', () => {
  test.each(['COMPLETED', 'FAILED', 'CANCELED'] as const)('after %s', async (status) => {
    job.is(status, status === 'COMPLETED' ? { result: result() } : {});
    const states = follow();
    expect([await next(states), await next(states)]).toEqual([status, 'end']);
  });

  test('when the job is gone', async () => {
    const states = follow();
    await next(states);
    job.now = null;
    const coming = next(states);
    news.tell(job.id);
    expect(await coming).toBe('end');
  });

  test('when the queue says that the job was removed', async () => {
    const events = await embedded.backend.events('news');
    const states = follow();
    await next(states);
    const coming = next(states);
    job.now = null;
    // As Redis does; BullMQ on PostgreSQL is silent about it.
    events.emit('removed', { jobId: job.id, prev: 'waiting' }, '0');
    // Sooner than the follower looks for itself.
    await vi.waitFor(() => expect(job.looks).toBe(2));
    expect(await coming).toBe('end');
  });

  test('at once when its reader has gone, even while nothing happens', async () => {
    const states = follow();
    await next(states);
    const coming = next(states);
    stop.abort();
    expect(await coming).toBe('end');
  });

  test('before its first look when its reader had gone before', async () => {
    stop.abort();
    expect(await next(follow())).toBe('end');
    expect(job.looks).toBe(0);
  });

  test('with an error that is not an outage', async () => {
    const states = news.follow(job.id, () => Promise.reject(new Error('a defect')), stop.signal);
    await expect(states.next()).rejects.toThrow('a defect');
  });
});

describe('an outage of the queue', () => {
  test('is sat out', async () => {
    job.now = 'away';
    const states = follow();
    const coming = next(states);
    await vi.waitFor(() => expect(job.looks).toBe(1));
    job.is('RUNNING');
    news.tell(job.id);
    expect(await coming).toBe('RUNNING');
  });

  test('does not make the state before it come again', async () => {
    const states = follow();
    await next(states);
    const before = job.now;
    job.now = 'away';
    const coming = next(states);
    news.tell(job.id);
    await vi.waitFor(() => expect(job.looks).toBe(2));
    job.now = before;
    news.tell(job.id);
    await vi.waitFor(() => expect(job.looks).toBe(3));
    job.is('COMPLETED', { result: result() });
    news.tell(job.id);
    expect(await coming).toBe('COMPLETED');
  });

  test('that swallowed the last event does not leave a follower waiting for ever', async () => {
    const states = follow();
    await next(states);
    job.is('COMPLETED', { result: result() });
    // Nobody tells: the follower looks for itself after some seconds.
    expect(await next(states)).toBe('COMPLETED');
  });
});

test('many can follow one job', async () => {
  const all = Array.from({ length: 30 }, follow);
  await Promise.all(all.map(next));
  job.is('COMPLETED', { result: result() });
  const coming = all.map(next);
  await announce();
  expect(await Promise.all(coming)).toEqual(all.map(() => 'COMPLETED'));
  // One look for all of them at first, and one for each of the queue's events since.
  expect(job.looks).toBeLessThan(5);
});

test('events of other kinds on the queue are no news', async () => {
  const states = follow();
  await next(states);
  const coming = next(states);
  await producer.publishEvent({ eventName: 'cancel', jobId: job.id });
  const seen = once(await embedded.backend.events('news'), 'waiting');
  await queue.add('upscale', {}, { jobId: 'sr-marker' });
  await seen;
  expect(job.looks).toBe(1);
  stop.abort();
  await coming;
});
