import TinyQueue from 'tinyqueue';
import {
  wantedWorkers,
  type LastChange,
  type WorkerCount,
  type WorkerScalingPolicy,
} from '../lib/worker-scaling.js';
import { DAY_SECONDS, type Arrival } from './day.js';
import { exponential, randomOf, type Random } from './random.js';

/** What a simulated day runs under. */
export interface Conditions {
  readonly count: WorkerCount;
  readonly policy: WorkerScalingPolicy;
  /** From the wish for a Fargate task until it takes its first job. */
  readonly startSeconds: number;
  /** From a metric's minute until the alarm has acted on it: a scrape, CloudWatch, the alarm's own evaluation. */
  readonly metricDelaySeconds: number;
  /** Of each worker; 0 where there are no Spot tasks. */
  readonly interruptionsPerHour: number;
  /** Of the chance in interruptions. */
  readonly seed: number;
}

/** How the day went. */
export interface Outcome {
  readonly jobs: number;
  /** Seconds between coming and being taken up, that of handed-back jobs again; nearest rank. */
  readonly p50Wait: number;
  readonly p95Wait: number;
  readonly longestWait: number;
  /** Paid for: from a task's start, before it takes a job, to its end. */
  readonly workerHours: number;
  readonly mostWorkers: number;
  readonly interruptions: number;
}

/** A Spot task is told so long before it ends. A worker hands its job back at once. */
const NOTICE_SECONDS = 120;

interface Job {
  readonly came: number;
  work: number;
  /** Since when it has been waiting. */
  since: number;
  waited: number;
}

interface Worker {
  readonly began: number;
  isReady: boolean;
  /** Takes no more jobs; a protected task ends after the one it has. */
  isLeaving: boolean;
  job?: { readonly of: Job; readonly until: number } | undefined;
}

type Event = { readonly at: number; readonly happen: () => void };

/** A day of a fleet of workers, one job each at a time, event by event. */
export function simulate(arrivals: readonly Arrival[], conditions: Conditions): Outcome {
  return new Fleet(conditions).day(arrivals);
}

class Fleet {
  readonly #conditions: Conditions;
  readonly #random: Random;
  readonly #events = new TinyQueue<Event>([], (a, b) => a.at - b.at);
  readonly #waiting: Job[] = [];
  readonly #ended: Job[] = [];
  readonly #workers = new Set<Worker>();
  readonly #told: number[] = [];
  #now = 0;
  #wanted: number;
  #lastChange: LastChange | undefined;
  #paidSeconds = 0;
  #most = 0;
  #interruptions = 0;

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
    this.#random = randomOf(conditions.seed);
    this.#wanted = conditions.count.minWorkers;
  }

  day(arrivals: readonly Arrival[]): Outcome {
    for (let n = 0; n < this.#wanted; n += 1) this.#start(0);
    for (const { at, work } of arrivals)
      this.#at(at, () => this.#queue({ came: at, work, since: at, waited: 0 }));
    const { periodSeconds } = this.#conditions.policy;
    for (let at = periodSeconds; at <= DAY_SECONDS; at += periodSeconds) this.#at(at, () => this.#measure());
    // What the day leaves is done after midnight, with the workers that there are.
    for (let event = this.#events.pop(); event; event = this.#events.pop()) {
      if (event.at > DAY_SECONDS && this.#ended.length === arrivals.length) break;
      this.#now = event.at;
      event.happen();
    }
    for (const worker of this.#workers) this.#end(worker);
    return this.#outcome();
  }

  #at(at: number, happen: () => void): void {
    this.#events.push({ at, happen });
  }

  #after(seconds: number, happen: () => void): void {
    this.#at(this.#now + seconds, happen);
  }

  #queue(job: Job): void {
    this.#waiting.push(job);
    this.#give();
  }

  /** Those that have waited longest go first. */
  #give(): void {
    for (const worker of this.#workers) {
      if (!worker.isReady || worker.isLeaving || worker.job) continue;
      const job = this.#waiting.shift();
      if (job === undefined) return;
      job.waited += this.#now - job.since;
      const taken = { of: job, until: this.#now + job.work };
      worker.job = taken;
      this.#at(taken.until, () => {
        // Handed back meanwhile, where it is another's.
        if (worker.job !== taken) return;
        worker.job = undefined;
        this.#ended.push(job);
        if (worker.isLeaving) this.#end(worker);
        else this.#give();
      });
    }
  }

  #start(afterSeconds = this.#conditions.startSeconds): void {
    const worker: Worker = { began: this.#now, isReady: false, isLeaving: false };
    this.#workers.add(worker);
    this.#most = Math.max(this.#most, this.#workers.size);
    this.#after(afterSeconds, () => {
      worker.isReady = true;
      this.#give();
    });
    const { interruptionsPerHour } = this.#conditions;
    if (interruptionsPerHour > 0)
      this.#after(exponential(this.#random, interruptionsPerHour / 3600), () => this.#interrupt(worker));
  }

  /** Spot takes the task away: its job goes back with what is left of it, and ECS starts another task. */
  #interrupt(worker: Worker): void {
    if (!this.#workers.has(worker) || worker.isLeaving) return;
    this.#interruptions += 1;
    worker.isLeaving = true;
    const { job } = worker;
    worker.job = undefined;
    if (job) {
      // Tiles that are done stay done; the one under way is lost.
      job.of.work = Math.min(job.of.work, job.until - this.#now + 1);
      job.of.since = this.#now;
      this.#waiting.unshift(job.of);
    }
    this.#after(NOTICE_SECONDS, () => this.#end(worker));
    this.#start();
    this.#give();
  }

  #end(worker: Worker): void {
    if (this.#workers.delete(worker)) this.#paidSeconds += this.#now - worker.began;
  }

  /** What an API publishes at the end of a period: the work that waits or is under way, shared out. */
  #measure(): void {
    const ready = [...this.#workers].filter(({ isReady, isLeaving }) => isReady && !isLeaving);
    const waiting = this.#waiting.reduce((sum, { work }) => sum + work, 0);
    const running = ready.reduce((sum, { job }) => sum + (job ? job.until - this.#now : 0), 0);
    this.#told.push((waiting + running) / Math.max(1, ready.length));
    const told = this.#told.slice(-60);
    this.#after(this.#conditions.metricDelaySeconds, () => this.#scale(told));
  }

  #scale(secondsPerWorker: readonly number[]): void {
    const { count, policy } = this.#conditions;
    const wanted = wantedWorkers(
      { secondsPerWorker, workers: this.#wanted, now: this.#now, lastChange: this.#lastChange },
      count,
      policy,
    );
    if (wanted === this.#wanted) return;
    this.#lastChange = { at: this.#now, by: wanted - this.#wanted };
    const staying = [...this.#workers].filter(({ isLeaving }) => !isLeaving);
    for (let n = staying.length; n < wanted; n += 1) this.#start();
    // Idle ones first, as task protection has it; the protected ones after their jobs.
    const leaving = staying.sort((a, b) => Number(a.job !== undefined) - Number(b.job !== undefined));
    for (const worker of leaving.slice(0, Math.max(0, staying.length - wanted))) {
      worker.isLeaving = true;
      if (!worker.job) this.#end(worker);
    }
    this.#wanted = wanted;
  }

  #outcome(): Outcome {
    const waits = this.#ended.map(({ waited }) => waited).sort((a, b) => a - b);
    const rank = (part: number) => waits[Math.max(0, Math.ceil(part * waits.length) - 1)] ?? 0;
    return {
      jobs: waits.length,
      p50Wait: rank(0.5),
      p95Wait: rank(0.95),
      longestWait: waits.at(-1) ?? 0,
      workerHours: this.#paidSeconds / 3600,
      mostWorkers: this.#most,
      interruptions: this.#interruptions,
    };
  }
}
