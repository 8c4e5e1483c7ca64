import type { Job } from 'bullmq';
import { chunkId } from '../shared/chunks.js';
import { chunkProgressSchema, type JobPayload, type JobResult } from '../shared/contract.js';
import type { Queues } from '../shared/queues.js';
import { isJobId } from './job-id.js';
import { jobStateOf, type JobState } from '../shared/job-state.js';

/** A job, and the state that its queue keeps it in. */
export interface FoundJob {
  readonly job: Job<JobPayload, JobResult>;
  readonly queueState: string;
}

const HAS_ENDED: ReadonlySet<string> = new Set(['completed', 'failed']);
/** A job that ends and is put back again and again is told as it was found last. */
const MAX_READINGS = 3;

/** Reads jobs as their owners see them, the chunks of large pictures added up. */
export class JobReader {
  constructor(readonly queues: Queues) {}

  /** One round trip for a job that has ended; where another one is under way must be asked as well. */
  async find(id: string): Promise<FoundJob | undefined> {
    if (!isJobId(id)) return undefined;
    for (let reading = 1; ; reading += 1) {
      const job = await this.queues.jobs.getJob(id);
      if (!job) return undefined;
      const ended = endOf(job);
      if (ended) return { job, queueState: ended };
      const queueState = await this.queues.jobs.getJobState(id);
      // It moved on between the two: what was read of it belongs to the state before.
      const isStale = HAS_ENDED.has(queueState) || (queueState === 'active' && job.processedOn === undefined);
      if (!isStale || reading === MAX_READINGS) return { job, queueState };
    }
  }

  /** Null when there is no such job. */
  async state(id: string): Promise<JobState | null> {
    const found = await this.find(id);
    if (!found) return null;
    const waiting = hasPlace(found) ? await this.#waiting() : [];
    return this.#stateOf(found, waiting);
  }

  /** As `state`, without its place in the queue and the progress of its chunks. */
  async bare(id: string): Promise<JobState | null> {
    const found = await this.find(id);
    return found ? jobStateOf(found.job, found.queueState, null) : null;
  }

  /** Those of some jobs that there are, by their ids. */
  async states(ids: readonly string[]): Promise<ReadonlyMap<string, JobState>> {
    const found = await Promise.all(ids.map((id) => this.find(id)));
    const present = found.filter((each) => each !== undefined);
    const waiting = present.some(hasPlace) ? await this.#waiting() : [];
    const states = await Promise.all(present.map((each) => this.#stateOf(each, waiting)));
    return new Map(states.flatMap((state) => (state ? [[state.id, state] as const] : [])));
  }

  async #stateOf({ job, queueState }: FoundJob, waiting: readonly string[]): Promise<JobState | null> {
    const place = job.id === undefined ? -1 : waiting.indexOf(job.id);
    const state = jobStateOf(job, queueState, place < 0 ? null : place);
    if (!state || state.status === 'COMPLETED') return state;
    const { chunks = [], ...progress } = state.progress;
    const tilesDone = progress.tilesDone + (await this.#tilesDoneIn(state, chunks));
    return { ...state, progress: { ...progress, tilesDone } };
  }

  async #tilesDoneIn({ id, payload }: JobState, chunks: readonly number[]): Promise<number> {
    const done = await Promise.all(
      chunks.map(async (index) => {
        const chunk = await this.queues.chunks.getJob(chunkId(id, payload.round, index));
        const progress = chunkProgressSchema.safeParse(chunk?.progress);
        return progress.success ? progress.data.tilesDone : 0;
      }),
    );
    return done.reduce((sum, tiles) => sum + tiles, 0);
  }

  /** Ids, the next one first. */
  #waiting(): Promise<string[]> {
    return this.queues.jobs.getRanges(['waiting'], 0, -1, true);
  }
}

/** The state of a job that says itself that it has ended; the queue takes both marks off when it puts one back. */
function endOf({ finishedOn, returnvalue }: FoundJob['job']): 'completed' | 'failed' | undefined {
  if (finishedOn === undefined) return undefined;
  // A reason for failure may be left over from an attempt before; only a completed job has a result.
  return (returnvalue as unknown) == null ? 'failed' : 'completed';
}

/** Whether a job is told its place in the queue: one that is canceled may still stand there. */
function hasPlace({ job, queueState }: FoundJob): boolean {
  return queueState === 'waiting' && job.data.canceledAt === undefined;
}
