import { SIZES } from '../lib/sizes.js';
import { WORKER_SCALING, type WorkerCount, type WorkerScalingPolicy } from '../lib/worker-scaling.js';
import { arrivalsOf } from './day.js';
import { simulate, type Outcome } from './fleet.js';

interface Setting {
  readonly policy: WorkerScalingPolicy;
  readonly count: WorkerCount;
}

const { large } = SIZES;
const count: WorkerCount = large.worker;
const { out, in: less } = WORKER_SCALING;

/** What could be shipped, of which `shipped` is. */
export const SETTINGS = {
  shipped: { policy: WORKER_SCALING, count },
  /** Waits for three minutes in a row before it adds. */
  patient: { policy: { ...WORKER_SCALING, out: { ...out, periods: 3 } }, count },
  /** Adds half, then as many again. */
  gentle: {
    policy: {
      ...WORKER_SCALING,
      out: {
        ...out,
        steps: [
          { from: 20, percent: 50 },
          { from: 60, percent: 100 },
          { from: 180, percent: 200 },
        ],
      },
    },
    count,
  },
  /** Takes away as soon as little waits. */
  hasty: { policy: { ...WORKER_SCALING, in: { ...less, periods: 2, cooldownSeconds: 60 } }, count },
  /** Doubles at the first sign, and takes away only what does next to nothing. */
  eager: {
    policy: {
      ...WORKER_SCALING,
      out: {
        ...out,
        steps: [
          { from: 15, percent: 100 },
          { from: 60, percent: 200 },
          { from: 180, percent: 400 },
        ],
      },
      in: { ...less, below: 5 },
    },
    count: { ...count, minWorkers: 3 },
  },
  /** As many as the burst needs, the whole day. */
  fixed: { policy: WORKER_SCALING, count: { minWorkers: 16, maxWorkers: 16 } },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;

/** How long half of the jobs, nineteen in twenty and the unluckiest waited; the longest of all days, in seconds. */
export interface Result extends Outcome {
  readonly setting: SettingName;
}

/** The days that settings are held against. */
export const SEEDS = [1, 2, 3, 4, 5] as const;
/** What p95 must stay below, on the worst of the days. */
export const LONGEST_P95_SECONDS = 60;

export interface World {
  /** @default 90 */
  readonly startSeconds?: number;
  /** @default 0.1, one in ten hours of a Spot task */
  readonly interruptionsPerHour?: number;
}

/** All days with a setting: the worst waits, the mean of what it costs. */
export function resultOf(setting: SettingName, world: World = {}): Result {
  const { startSeconds = 90, interruptionsPerHour = 0.1 } = world;
  const days = SEEDS.map((seed) =>
    simulate(arrivalsOf(seed), {
      ...SETTINGS[setting],
      startSeconds,
      interruptionsPerHour,
      metricDelaySeconds: 60,
      seed,
    }),
  );
  const worst = (of: (day: Outcome) => number) => Math.max(...days.map(of));
  const mean = (of: (day: Outcome) => number) => days.reduce((sum, day) => sum + of(day), 0) / days.length;
  return {
    setting,
    jobs: mean((day) => day.jobs),
    p50Wait: worst((day) => day.p50Wait),
    p95Wait: worst((day) => day.p95Wait),
    longestWait: worst((day) => day.longestWait),
    workerHours: mean((day) => day.workerHours),
    mostWorkers: worst((day) => day.mostWorkers),
    interruptions: mean((day) => day.interruptions),
  };
}

/** The cheapest of those whose p95 wait stays below the bound; undefined where none does. */
export function cheapest(results: readonly Result[]): SettingName | undefined {
  return results
    .filter(({ p95Wait }) => p95Wait < LONGEST_P95_SECONDS)
    .sort((a, b) => a.workerHours - b.workerHours)[0]?.setting;
}
