import { availableParallelism, cpus } from 'node:os';

/** One measured quantity, in each of the situations that it was measured in. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** By situation, such as `quiet`; each is a column of the table. */
  readonly values: Readonly<Record<string, number>>;
}

/** A promise of the service, held against what was measured. */
export interface Target {
  /** A sentence without its end: `event loop p99 < 20 ms while eight jobs run`. */
  readonly claim: string;
  readonly measured: number;
  readonly unit: string;
  readonly met: boolean;
}

export interface Report {
  readonly benchmark: string;
  /** What the figures depend on: machine, sizes, counts. */
  readonly setting: Readonly<Record<string, string | number>>;
  readonly figures: readonly Figure[];
  readonly targets: readonly Target[];
}

/** @param most what the measured value has to stay below */
export function below(claim: string, measured: number, max: number, unit: string): Target {
  return { claim, measured, unit, met: measured < max };
}

export function none(claim: string, measured: number): Target {
  return { claim, measured, unit: '', met: measured === 0 };
}

export function allMet({ targets }: Report): boolean {
  return targets.every(({ met }) => met);
}

/** The report for people: what was measured in columns, and a verdict on each target. */
export function asText({ benchmark, setting, figures, targets }: Report): string {
  const situations = [...new Set(figures.flatMap(({ values }) => Object.keys(values)))];
  const rows = figures.map(({ name, unit, values }) => [
    name,
    ...situations.map((situation) => inTable(values[situation])),
    unit,
  ]);
  return [
    benchmark,
    ...Object.entries(setting).map(([name, value]) => `  ${name}: ${value}`),
    '',
    ...aligned([['', ...situations, ''], ...rows]),
    '',
    ...targets.map(verdict),
  ].join('\n');
}

function verdict({ claim, measured, unit, met }: Target): string {
  return `${claim}: ${met ? 'yes' : 'NO'} (${inTable(measured)}${unit && ` ${unit}`})`;
}

function inTable(value: number | undefined): string {
  if (value === undefined) return '';
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

/** Names to the left, numbers to the right, and the unit after them. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1 ? cell.padEnd(width(column)) : cell.padStart(width(column)),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** What every report's setting begins with. */
export function machine(): { readonly machine: string } {
  return {
    machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`,
  };
}
