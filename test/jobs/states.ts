import { randomUUID } from 'node:crypto';
import type { JobPayload, JobResult } from '../../src/jobs/shared/contract.js';
import type { JobState } from '../../src/jobs/shared/job-state.js';

/** What a job of a small picture says of itself. */
export function payload(more: Partial<JobPayload> = {}): JobPayload {
  return {
    owner: 'anna',
    input: {
      key: 'jobs/sr-1/input.png',
      width: 40,
      height: 30,
      format: 'png',
      bytes: 900,
      transparent: false,
      sha256: 'a'.repeat(64),
    },
    model: { id: 'builtin-superres-x4', digest: 'd'.repeat(64) },
    scale: 4,
    format: 'PNG',
    tileEdge: 256,
    work: 10,
    round: 0,
    ...more,
  };
}

export function result(more: Partial<JobResult> = {}): JobResult {
  return { key: 'jobs/sr-1/output.png', bytes: 9000, width: 160, height: 120, format: 'PNG', ...more };
}

/** A queued job; its id is one of its own unless it is told. */
export function state(more: Partial<JobState> = {}): JobState {
  return {
    id: `sr-${randomUUID()}`,
    status: 'QUEUED',
    payload: payload(),
    progress: { tilesDone: 0, tilesTotal: 0 },
    position: 0,
    createdAt: new Date('2026-05-04T03:02:01Z'),
    startedAt: null,
    finishedAt: null,
    attempts: 0,
    result: null,
    failure: null,
    ...more,
  };
}
