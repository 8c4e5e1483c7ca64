import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/studio/app/service/problem.js';
import {
  JobFollower,
  type FollowedJob,
  type JobSink,
  type JobUpdate,
} from '../../src/studio/app/service/job-follower.js';

const update = (status: JobUpdate['status']): JobUpdate => ({
  id: 'sr-1',
  name: null,
  status,
  position: null,
  estimatedSecondsLeft: null,
  attempts: 1,
  createdAt: '',
  startedAt: null,
  finishedAt: null,
  outputWidth: 4,
  outputHeight: 4,
  progress: { tilesDone: 0, tilesTotal: 1, fraction: 0 },
  model: { id: 'builtin-superres-x4' },
  result: null,
  error: null,
});
const problem: Problem = { kind: 'unreachable', message: 'gone' };

describe('following jobs', () => {
  let sinks: JobSink[];
  let stopped: number;
  let follower: JobFollower;
  beforeEach(() => {
    sinks = [];
    stopped = 0;
    follower = new JobFollower((_id, sink) => {
      sinks.push(sink);
      return () => (stopped += 1);
    });
  });

  it('takes one subscription for all who look, and tells the late what is known', () => {
    const early: FollowedJob[] = [];
    const tooLate: FollowedJob[] = [];
    follower.follow('sr-1', (state) => early.push(state));
    sinks[0]?.next(update('RUNNING'));
    follower.follow('sr-1', (state) => tooLate.push(state));
    sinks[0]?.next(update('COMPLETED'));
    expect(sinks).toHaveLength(1);
    expect(early.map((state) => state.update?.status)).toEqual(['RUNNING', 'COMPLETED']);
    expect(tooLate.map((state) => state.update?.status)).toEqual(['RUNNING', 'COMPLETED']);
  });

  it('ends the subscription with the last who looks, once', () => {
    const leave = follower.follow('sr-1', () => undefined);
    const leaveToo = follower.follow('sr-1', () => undefined);
    leave();
    leave();
    expect(stopped).toBe(0);
    expect(follower.underWay.get()).toBe(1);
    leaveToo();
    expect(stopped).toBe(1);
    expect(follower.underWay.get()).toBe(0);
  });

  it('asks anew for a job whose subscription has ended: it may have been retried', () => {
    follower.follow('sr-1', () => undefined);
    sinks[0]?.next(update('CANCELED'));
    sinks[0]?.end();
    expect(follower.underWay.get()).toBe(0);
    const seen: FollowedJob[] = [];
    follower.follow('sr-1', (state) => seen.push(state));
    expect(sinks).toHaveLength(2);
    sinks[1]?.next(update('QUEUED'));
    expect(seen.map((state) => state.update?.status)).toEqual(['QUEUED']);
  });

  it('keeps the last state beside a failure, and forgets the failure with the next news', () => {
    const seen: FollowedJob[] = [];
    follower.follow('sr-1', (state) => seen.push(state));
    sinks[0]?.next(update('RUNNING'));
    sinks[0]?.fail(problem);
    expect(seen.at(-1)).toMatchObject({ problem, update: { status: 'RUNNING' } });
    sinks[0]?.next(update('RUNNING'));
    expect(seen.at(-1)?.problem).toBeUndefined();
  });

  it('bears a subscription that ends before it has begun', () => {
    const seen: FollowedJob[] = [];
    const atOnce = new JobFollower((_id, sink) => {
      sink.fail(problem);
      sink.end();
      return () => undefined;
    });
    atOnce.follow('sr-1', (state) => seen.push(state))();
    expect(seen).toEqual([{ problem }]);
    expect(atOnce.underWay.get()).toBe(0);
  });
});
