import { LRUCache } from 'lru-cache';
import { isTerminal, type JobState } from '../shared/job-state.js';
import type { Averages } from '../../queue/backend.js';
import type { Backlog, Pending, PendingJob } from './backlog.js';
import { isLarge } from '../shared/chunks.js';
import type { JobPayload, JobProgress } from '../shared/contract.js';
import { timeLeft, workLeft } from './estimate.js';
import { speedsOf, type Speeds } from '../shared/pace.js';

/** How old measurements may be. */
const FRESH_MS = 1000;

/** What the time that a job takes follows from. */
export type PlannedJob = Pick<JobPayload, 'work' | 'scale' | 'format' | 'model' | 'tileEdge'> & {
  readonly input: Pick<JobPayload['input'], 'width' | 'height'>;
};

interface TimedJob {
  readonly id: string;
  readonly payload: PlannedJob;
  readonly progress: JobProgress;
  readonly waits: boolean;
}

/** Tells how long jobs will still be worked on. Waiting for a worker that is away is not counted: nobody knows it. */
export class JobTimes {
  readonly #known = new LRUCache<string, Promise<Speeds>>({ max: 100, ttl: FRESH_MS });

  constructor(
    readonly backlog: Pick<Backlog, 'pending'>,
    readonly averages: Pick<Averages, 'read'>,
  ) {}

  /** In seconds; null once the job has ended. */
  async secondsLeft({ id, status, payload, progress }: JobState): Promise<number | null> {
    if (isTerminal(status)) return null;
    const pending = await this.backlog.pending();
    const waits = status === 'QUEUED';
    const place = pending.jobs.findIndex((job) => job.id === id);
    const ahead = waits ? pending.jobs.slice(0, Math.max(place, 0)) : [];
    return this.#seconds({ id, payload, progress, waits }, ahead, pending);
  }

  /** What a job would take that is queued now, in seconds, and how many wait before it. */
  async secondsOf(payload: PlannedJob): Promise<{ readonly seconds: number; readonly jobsAhead: number }> {
    const pending = await this.backlog.pending();
    const job = { id: '', payload, progress: { tilesDone: 0, tilesTotal: 0 }, waits: true };
    const seconds = await this.#seconds(job, pending.jobs, pending);
    return { seconds, jobsAhead: pending.jobs.length + pending.running.length };
  }

  /** All that waits and runs, in seconds of one worker with all of its threads. */
  async backlogSeconds(): Promise<number> {
    const pending = await this.backlog.pending();
    const each = await Promise.all(
      [...pending.jobs, ...pending.running].map(async (job) => {
        const speeds = await this.#speeds(job.payload, isLarge(tilesOf(job.payload, job.progress)));
        return workOf(job, pending, speeds) / speeds.threads;
      }),
    );
    return each.reduce((sum, ms) => sum + ms, 0) / 1000;
  }

  async #seconds(
    { id, payload, progress, waits }: TimedJob,
    ahead: readonly PendingJob[],
    pending: Pending,
  ): Promise<number> {
    const tiles = tilesOf(payload, progress);
    const divided = isLarge(tiles);
    const speeds = await this.#speeds(payload, divided);
    const running = pending.running.filter((job) => job.id !== id);
    const own = workLeft(payload, progress, speeds);
    // Their models and formats may be others; but how fast the machines are shows in one as well as in the other.
    const other = {
      ahead: ahead.reduce((sum, job) => sum + workOf(job, pending, speeds), 0),
      running: running.map((job) => workOf(job, pending, speeds)),
    };
    const left = Math.max(1, tiles - progress.tilesDone);
    // A small picture is done by one worker, and the tiles of a large one by all.
    const slots = divided ? left : Math.min(left, speeds.threads);
    const threads = pending.workers * speeds.threads;
    return timeLeft(own, other, { slots, threads, waits }) / 1000;
  }

  /** Shared by all who follow jobs of one kind. */
  #speeds(payload: PlannedJob, divided: boolean): Promise<Speeds> {
    const kind = `${payload.model.digest} ${payload.format} ${divided ? 'divided' : 'whole'}`;
    const known = this.#known.get(kind);
    if (known) return known;
    const reading = speedsOf(payload, divided, this.averages);
    this.#known.set(kind, reading);
    reading.catch(() => this.#known.delete(kind));
    return reading;
  }
}

function workOf({ id, payload, progress }: PendingJob, { chunks }: Pending, speeds: Speeds): number {
  const { tiles, encoding } = workLeft(payload, progress, speeds);
  // How far a divided picture is show its chunks.
  const left = progress.chunks === undefined ? tiles : (chunks.get(id) ?? 0) * speeds.tiles;
  return left + encoding;
}

/** Before a worker has told it, about how many there will be. */
function tilesOf(
  { input, tileEdge }: Pick<PlannedJob, 'input' | 'tileEdge'>,
  { tilesTotal }: JobProgress,
): number {
  return tilesTotal || Math.ceil(input.width / tileEdge) * Math.ceil(input.height / tileEdge);
}
