import { stringify } from 'csv-stringify/sync';
import type { Result } from './answer-all.js';
import type { CsvRow } from './vision-task.js';

/**
 * CSV (RFC 4180) with a line of column names, then a line for each thing that was found, one with nothing but the
 * file for a picture with nothing in it, and one with the error for a picture without a result. What a spreadsheet
 * would take for a formula is quoted, because file names and labels may come from anywhere.
 */
export function asCsv(outcomes: readonly Result[]): string {
  const rows = outcomes.flatMap(rowsOf);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return stringify(rows, { header: true, columns, escape_formulas: true }).trimEnd();
}

function rowsOf(outcome: Result): CsvRow[] {
  const { file } = outcome;
  if (outcome.kind === 'failed') {
    const { code, message } = outcome.fault;
    return [{ file, error: `${code}: ${message}` }];
  }
  const { csv } = outcome.answer;
  return csv.length > 0 ? csv.map((row) => ({ file, ...row })) : [{ file }];
}
