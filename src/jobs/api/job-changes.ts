import { CodedError } from '../../errors.js';
import { backToQueue } from '../shared/back-to-queue.js';
import type { JobEventsProducer } from '../../queue/backend.js';
import { chunkId } from '../shared/chunks.js';
import { CANCEL_EVENT, progressSchema } from '../shared/contract.js';
import type { Queues } from '../shared/queues.js';
import type { JobEventHub } from './job-event-hub.js';
import { notCancelable, notFinished, notFound, stillStopping } from './job-errors.js';
import type { FoundJob, JobReader } from './job-reader.js';
import type { JobRegister } from './job-register.js';
import { isTerminal, type JobState } from '../shared/job-state.js';

/** A worker lets go of a canceled job before its next tile; so long a retry waits for that. */
const LETTING_GO_MS = 5000;

interface Parts {
  readonly queues: Queues;
  readonly reader: JobReader;
  readonly register: JobRegister;
  readonly announcer: JobEventsProducer;
  readonly hub: JobEventHub;
}

/** What owners do to jobs that are there. One change of a job has to end before the next begins. */
export class JobChanges {
  constructor(readonly parts: Parts) {}

  /** @throws CodedError JOB_NOT_FOUND, JOB_NOT_CANCELABLE */
  async cancel(owner: string, id: string): Promise<JobState> {
    const { announcer, register, hub } = this.parts;
    const { state, job } = await this.#owned(owner, id);
    if (state.status === 'CANCELED') return state;
    if (isTerminal(state.status)) throw notCancelable(state);
    await job.updateData({ ...job.data, canceledAt: Date.now() });
    await announcer.publishEvent({ eventName: CANCEL_EVENT, jobId: id });
    await this.#dropChunks(job);
    hub.tell(id);
    await register.correct(id);
    const canceled = await this.#mustState(id);
    // It came to its end while it was being canceled.
    if (canceled.status !== 'CANCELED') throw notCancelable(canceled);
    return canceled;
  }

  /** @throws CodedError JOB_NOT_FOUND, BAD_USER_INPUT when there is nothing to retry */
  async retry(owner: string, id: string): Promise<JobState> {
    const { state } = await this.#owned(owner, id);
    if (state.status !== 'FAILED' && state.status !== 'CANCELED') {
      throw new CodedError(
        'BAD_USER_INPUT',
        `Job ${id} is ${state.status}. Only failed and canceled jobs can be retried.`,
      );
    }
    const { job } = await this.#letGo(id);
    const { canceledAt: _, ...payload } = job.data;
    // The chunks of the round before have ended, and their ids are taken; what they did stays done.
    const told = (await this.#mustState(id)).progress;
    if (told.tilesTotal > 0) await job.updateProgress({ ...told, chunks: [] });
    await this.parts.register.enter(id, payload, job.timestamp);
    await job.updateData({ ...payload, round: payload.round + 1 });
    if (await job.isFailed()) await backToQueue(job);
    this.parts.hub.tell(id);
    return this.#mustState(id);
  }

  /**
   * Resolves when a job is finished, and its worker has let go of it.
   * @throws CodedError JOB_NOT_FOUND, JOB_NOT_FINISHED, BAD_USER_INPUT while it has not
   */
  async checkRemovable(owner: string, id: string): Promise<void> {
    const { state } = await this.#owned(owner, id);
    if (!isTerminal(state.status)) throw notFinished(state);
    await this.#letGo(id);
  }

  /** Removes a job. One that was canceled while it ran is its worker's until that has let go of it. */
  async forget(id: string): Promise<void> {
    const { queues, register } = this.parts;
    const { job } = await this.#letGo(id);
    if ((await queues.jobs.remove(job.id ?? id)) === 0) throw stillStopping(id);
    await register.correct(id);
  }

  async #owned(owner: string, id: string): Promise<FoundJob & { readonly state: JobState }> {
    const state = await this.parts.reader.state(id);
    const found = await this.parts.reader.find(id);
    if (!found || state?.payload.owner !== owner) throw notFound(id);
    return { ...found, state };
  }

  async #mustState(id: string): Promise<JobState> {
    const state = await this.parts.reader.state(id);
    if (!state) throw notFound(id);
    return state;
  }

  /** The chunks that nobody has begun; those that run are let go of by their workers. */
  async #dropChunks({ id = '', data, progress }: FoundJob['job']): Promise<void> {
    const { chunks = [] } = progressSchema.safeParse(progress).data ?? {};
    await Promise.all(
      chunks.map(async (index) => {
        const chunk = chunkId(id, data.round, index);
        // Those that have ended stay: they tell what has been done.
        const state = await this.parts.queues.chunks.getJobState(chunk);
        if (state === 'waiting' || state === 'delayed') await this.parts.queues.chunks.remove(chunk);
      }),
    );
  }

  /**
   * Waits until no worker has a job any more.
   * @throws CodedError BAD_USER_INPUT when it takes too long, JOB_NOT_FOUND
   */
  async #letGo(id: string): Promise<FoundJob> {
    const deadline = AbortSignal.timeout(LETTING_GO_MS);
    for (;;) {
      const changed = this.parts.hub.change(id, deadline);
      const found = await this.parts.reader.find(id);
      if (!found) throw notFound(id);
      if (found.queueState !== 'active' && found.queueState !== 'waiting-children') return found;
      if (deadline.aborted) throw stillStopping(id);
      await changed;
    }
  }
}
