/**
 * When workers are added and taken away: the policy as plain figures, and what it makes of a backlog as a pure
 * function. scaling.ts hands the same figures to AWS; a simulation can import this file alone.
 */

/** How many workers there may be. */
export interface WorkerCount {
  readonly minWorkers: number;
  readonly maxWorkers: number;
}

/** From so many seconds of backlog above a threshold on (below it, for taking away), change by so many percent. */
export interface Step {
  /** Seconds of work for each worker; a step reaches to the next one. */
  readonly from: number;
  /** Of the workers that there are; at least one worker is added or taken away. */
  readonly percent: number;
}

export interface WorkerScalingPolicy {
  /** How often the metric comes, and an alarm looks at it. */
  readonly periodSeconds: number;
  readonly out: {
    /** In rising order; the first is the alarm's threshold. */
    readonly steps: readonly Step[];
    /** Periods in a row that are above it. */
    readonly periods: number;
    /** How long the workers that were added count as being on their way. */
    readonly cooldownSeconds: number;
  };
  readonly in: {
    /** Fewer seconds of work for each worker than this. */
    readonly below: number;
    /** A negative one. */
    readonly percent: number;
    readonly periods: number;
    readonly cooldownSeconds: number;
  };
}

/**
 * Work is in seconds of one worker: okulo_queue_backlog_seconds_per_worker. Of the settings that `npm run simulate`
 * compares it is the cheapest whose p95 wait stays below a minute.
 */
export const WORKER_SCALING: WorkerScalingPolicy = {
  periodSeconds: 60,
  out: {
    steps: [
      { from: 15, percent: 50 },
      { from: 30, percent: 200 },
      { from: 60, percent: 400 },
    ],
    periods: 1,
    // A Fargate task is at work after one to two minutes.
    cooldownSeconds: 120,
  },
  in: { below: 8, percent: -25, periods: 5, cooldownSeconds: 300 },
};

/** The last change of the number of workers. */
export interface LastChange {
  /** In seconds, of the same clock as `now`. */
  readonly at: number;
  /** Workers that were added; negative where they were taken away. */
  readonly by: number;
}

export interface Backlog {
  /**
   * Seconds of work for each worker, of the last periods, the newest last. As many are looked at as the policy asks
   * for; fewer than that change nothing.
   */
  readonly secondsPerWorker: readonly number[];
  /** How many workers are wanted now, running or on their way. */
  readonly workers: number;
  /** In seconds. */
  readonly now: number;
  readonly lastChange?: LastChange | undefined;
}

/**
 * How many workers there should be, as Application Auto Scaling reckons with step scaling by percent:
 * - A fraction of a worker is dropped, but one worker at least is added or taken away.
 * - While workers that were added are on their way, they count as part of what a higher step would add.
 * - Nothing is taken away during the cooldown of any change; adding does not wait for that of taking away.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
export function wantedWorkers(
  backlog: Backlog,
  count: WorkerCount,
  policy: WorkerScalingPolicy = WORKER_SCALING,
): number {
  const { workers } = backlog;
  const added = addedBy(backlog, policy);
  const wanted = workers + (added > 0 ? added : takenBy(backlog, policy));
  return Math.min(Math.max(wanted, count.minWorkers), count.maxWorkers);
}

function addedBy(
  { secondsPerWorker, workers, now, lastChange }: Backlog,
  { out }: WorkerScalingPolicy,
): number {
  const lowest = Math.min(...newest(secondsPerWorker, out.periods));
  const step = out.steps.findLast(({ from }) => lowest >= from);
  if (step === undefined) return 0;
  const isComing = lastChange !== undefined && lastChange.by > 0 && now - lastChange.at < out.cooldownSeconds;
  const coming = isComing ? lastChange.by : 0;
  return Math.max(0, changeOf(workers - coming, step.percent) - coming);
}

function takenBy(
  { secondsPerWorker, workers, now, lastChange }: Backlog,
  policy: WorkerScalingPolicy,
): number {
  const looked = newest(secondsPerWorker, policy.in.periods);
  if (!looked.every((seconds) => seconds < policy.in.below)) return 0;
  const cooldown =
    lastChange !== undefined && lastChange.by > 0 ? policy.out.cooldownSeconds : policy.in.cooldownSeconds;
  if (lastChange !== undefined && now - lastChange.at < cooldown) return 0;
  return changeOf(workers, policy.in.percent);
}

/** The last so many; not a number, so that nothing compares with it, where there are fewer. */
function newest(values: readonly number[], count: number): readonly number[] {
  return values.length < count ? [Number.NaN] : values.slice(-count);
}

function changeOf(workers: number, percent: number): number {
  const exact = (workers * percent) / 100;
  return Math.abs(exact) < 1 ? Math.sign(percent) : Math.trunc(exact);
}
