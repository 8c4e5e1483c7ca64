import { asText, none, type Report } from '../../bench/report.js';
import type { Counts, Findings } from './findings.js';
import type { Kill } from './recovery.js';
import { tableOf } from './table.js';

/** One part of the chaos test, to be printed. */
export interface ChaosReport extends Report {
  readonly startedAt: number;
  readonly kills: readonly Kill[];
  readonly outages: readonly number[];
  /** What broke a promise, by the promise. */
  readonly breaches: Readonly<Record<string, readonly string[]>>;
}

export function reportOf(
  title: string,
  setting: Report['setting'],
  { quiet, chaos, startedAt, kills, outages, promises }: Findings,
): ChaosReport {
  const figure = (name: string, unit: string, value: (counts: Counts) => number) => ({
    name,
    unit,
    values: { quiet: value(quiet), chaos: value(chaos) },
  });
  const recoveries = kills.flatMap((kill) => kill.recoveries.map(({ seconds }) => seconds));
  const ofChaos: [name: string, unit: string, value: number][] = [
    ['kills', '', kills.length],
    ['server restarts', '', outages.length],
    ['tasks in hand', '', recoveries.length],
    [
      'which had ended',
      '',
      kills.flatMap((kill) => kill.recoveries).filter(({ takenUp }) => !takenUp).length,
    ],
  ];
  if (recoveries.length > 0) {
    ofChaos.push(
      ['recovery median', 's', medianOf(recoveries)],
      ['recovery max', 's', Math.max(...recoveries)],
    );
  }
  return {
    benchmark: title,
    setting,
    figures: [
      figure('wall time', 's', ({ seconds }) => seconds),
      figure('jobs', '', ({ jobs }) => jobs),
      figure('jobs completed', '', ({ completed }) => completed),
      figure('retries', '', ({ retries }) => retries),
      figure('failed attempts', '', ({ failures }) => failures),
      figure('tiles done', '', ({ tilesDone }) => tilesDone),
      figure('tiles done again', '', ({ tilesRepeated }) => tilesRepeated),
      figure('reconnections', '', ({ reconnections }) => reconnections),
      ...ofChaos.map(([name, unit, value]) => ({ name, unit, values: { chaos: value } })),
    ],
    targets: promises.map(({ claim, breaches }) => none(claim, breaches.length)),
    startedAt,
    kills,
    outages,
    breaches: Object.fromEntries(
      promises.flatMap(({ claim, breaches }) => (breaches.length > 0 ? [[claim, breaches] as const] : [])),
    ),
  };
}

/** For people: what was done to the processes, what was counted, and what was not kept of the promises. */
export function inWords(report: ChaosReport): string {
  const broken = Object.entries(report.breaches).flatMap(([claim, breaches]) => [
    '',
    `BROKEN: ${claim}`,
    ...breaches.map((breach) => `  ${breach}`),
  ]);
  return [asText(report), '', attackTable(report), ...broken].join('\n');
}

function attackTable({ startedAt, kills, outages }: ChaosReport): string {
  const since = (at: number) => `${((at - startedAt) / 1000).toFixed(1)} s`;
  const rows = [
    ...kills.map(({ at, place, pid, ready, recoveries }) => ({
      at,
      cells: [
        ready ? place : `${place} (starting)`,
        String(pid),
        recoveries.map(({ task }) => shortOf(task)).join(', '),
        recoveries
          .map(({ seconds, takenUp }) => (takenUp ? `${seconds.toFixed(1)} s` : 'had ended'))
          .join(', '),
      ],
    })),
    ...outages.map((at) => ({ at, cells: ['Redis (restart)'] })),
  ].sort((a, b) => a.at - b.at);
  return tableOf([
    ['time', 'killed', 'pid', 'in hand', 'taken up after'],
    ...rows.map(({ at, cells }) => [since(at), ...cells]),
  ]);
}

/** Queue and the first digits of an id are enough for people to tell tasks apart. */
function shortOf(task: string): string {
  return task.replace(/(sr-[0-9a-f]{8})[0-9a-f]{24}/, '$1…');
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
