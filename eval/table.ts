import type { Measures } from './measures.js';

/** A column for each model, a row for each measure; a measure that a model does not have stays blank. */
export function asTable(results: readonly Measures[]): string {
  const names = new Set(results.flatMap((result) => Object.keys(result)));
  const rows = [...names].map((name) => [name, ...results.map((result) => inWords(result[name]))]);
  const widths = [...results.keys(), results.length].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Four significant digits tell apart what a labelled set of ordinary size can. */
function inWords(value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1000 ? value.toPrecision(4) : value.toFixed(0);
}
