import { setTimeout as delay } from 'node:timers/promises';
import type { JobEvents, JobIndex } from '../../queue/backend.js';
import { CANCEL_EVENT, type JobPayload } from '../shared/contract.js';
import type { Queues } from '../shared/queues.js';
import { folded } from './job-name.js';
import type { JobReader } from './job-reader.js';
import { isTerminal, type JobState } from '../shared/job-state.js';
import { KeyedMutex } from '../../platform/keyed-mutex.js';

/** Events after which a job's status may be another. */
const CHANGES = [
  'waiting',
  'waiting-children',
  'delayed',
  'active',
  'completed',
  'failed',
  'stalled',
  'removed',
] as const;
const SWEEP_EVERY_MS = 60_000;
/** Changes of one moment are looked at together, after what has caused them: nobody waits for that. */
const GATHER_MS = 150;
const AT_A_TIME = 200;
const LIVE = ['waiting', 'prioritized', 'delayed', 'active', 'waiting-children'] as const;

export interface RegisterOptions {
  /** How long finished jobs are kept. */
  readonly ttlMs: number;
}

/**
 * Keeps the index of jobs as the queue has them. A job is entered before it is queued, and is unfinished there until
 * somebody has seen its end on the queue: whatever process is killed whenever, what is wrong is among the unfinished
 * ones, and those are compared with the queue at each start and every minute. docs/decisions/0020-jobs-by-owner.md
 */
export class JobRegister {
  readonly #perJob = new KeyedMutex();
  readonly #heard = new Set<string>();
  #catchingUp: Promise<void> | undefined;
  #sweeping: Promise<void> | undefined;
  #stopListening: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly index: JobIndex,
    readonly reader: JobReader,
    readonly queues: Pick<Queues, 'jobs'>,
    readonly options: RegisterOptions,
  ) {}

  /** Enters jobs of an earlier version, once, and follows the queue from then on. */
  async start(events: JobEvents): Promise<void> {
    const hear = ({ jobId }: { jobId: string }) => this.#hear(jobId);
    const heard = [...CHANGES, CANCEL_EVENT];
    const emitter: NodeJS.EventEmitter = events;
    for (const name of heard) emitter.on(name, hear);
    this.#stopListening = () => {
      for (const name of heard) emitter.off(name, hear);
    };
    if (!(await this.index.isBuilt())) await this.#build();
    this.#timer = setInterval(() => void this.sweep().catch(() => undefined), SWEEP_EVERY_MS);
    this.#timer.unref();
    // What was missed while no process listened. The queue's own troubles are told by whoever works with it.
    void this.sweep().catch(() => undefined);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopListening();
    await Promise.allSettled([this.#catchingUp, this.#sweeping]);
  }

  /** Before it is queued, for the first time or again: from now on it is looked after. */
  async enter(id: string, { owner, name }: JobPayload, createdAt: number): Promise<void> {
    const entry = { id, owner, createdAt, endedAt: null, status: 'QUEUED', name: folded(name ?? '') };
    await this.#perJob.runExclusive(id, () => this.index.put(entry));
  }

  /** Writes down how a job is now, or that it is no more. */
  correct(id: string): Promise<void> {
    return this.#perJob.runExclusive(id, async () => {
      const state = await this.reader.bare(id);
      await (state ? this.index.put(entryOf(state)) : this.index.drop(id));
    });
  }

  /** Compares what is unfinished with the queue, and forgets finished jobs whose time is over. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep().finally(() => (this.#sweeping = undefined));
    return this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const known = await this.index.unfinished();
    const live = new Map<string, boolean>();
    for (const state of LIVE) {
      const running = state === 'active' || state === 'waiting-children';
      for (const id of await this.queues.jobs.getRanges([state], 0, -1)) live.set(id, running);
    }
    const wrong = new Set(
      [...known.keys(), ...live.keys()].filter((id) => {
        const running = live.get(id);
        return running === undefined || known.get(id) !== (running ? 'RUNNING' : 'QUEUED');
      }),
    );
    for (const id of wrong) await this.correct(id);
    await this.#forgetOld();
  }

  async #forgetOld(): Promise<void> {
    const { ttlMs } = this.options;
    for (;;) {
      const before = Date.now() - ttlMs;
      const old = await this.index.outdated({ before, limit: AT_A_TIME });
      for (const id of old) await this.#forget(id);
      if (old.length < AT_A_TIME) return;
    }
  }

  /** One that was put back into the queue meanwhile stays. */
  #forget(id: string): Promise<void> {
    return this.#perJob.runExclusive(id, async () => {
      const state = await this.reader.bare(id);
      if (state && !isTerminal(state.status)) return this.index.put(entryOf(state));
      await this.index.drop(id);
      if (state) await this.queues.jobs.remove(id);
    });
  }

  async #build(): Promise<void> {
    for (const queueState of [...LIVE, 'completed', 'failed'] as const) {
      for (const id of await this.queues.jobs.getRanges([queueState], 0, -1)) await this.correct(id);
    }
    await this.index.built();
  }

  /** A job that changes three times in a moment, or while others are looked at, is looked at once. */
  #hear(id: string): void {
    this.#heard.add(id);
    this.#catchingUp ??= this.#catchUp().finally(() => (this.#catchingUp = undefined));
  }

  async #catchUp(): Promise<void> {
    while (this.#heard.size > 0) {
      await delay(GATHER_MS);
      const ids = [...this.#heard];
      this.#heard.clear();
      // What cannot be read or written now is put right by a sweep, or by whoever reads a page with it.
      await Promise.allSettled(ids.map((id) => this.correct(id)));
    }
  }
}

function entryOf({ id, payload, status, createdAt, finishedAt }: JobState) {
  const endedAt = isTerminal(status) ? (finishedAt ?? createdAt).getTime() : null;
  const { owner, name = '' } = payload;
  return { id, owner, status, createdAt: createdAt.getTime(), endedAt, name: folded(name) };
}
