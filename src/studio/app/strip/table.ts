import { stringify } from 'csv-stringify/browser/esm/sync';
import type { Row } from './short-answers.js';
import type { StripAnswer } from './use-strip-answers.js';

interface Named {
  readonly name: string;
  readonly answer: StripAnswer | undefined;
}

/**
 * CSV (RFC 4180) as the command line writes it: a line for each thing that was found, one with nothing but the file
 * for a picture with nothing in it, and one with the error for a picture without an answer. What a spreadsheet would
 * take for a formula is quoted, because file names may come from anywhere.
 */
export function tableOf(pictures: readonly Named[]): string {
  const rows = pictures.flatMap(rowsOf);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return stringify(rows, { header: true, columns, escape_formulas: true });
}

function rowsOf({ name: file, answer }: Named): Row[] {
  if (!answer) return [{ file, error: 'not answered yet' }];
  if (answer.state === 'failed') {
    const { code = 'UNREACHABLE', message } = answer.problem;
    return [{ file, error: `${code}: ${message}` }];
  }
  const { rows } = answer.answer;
  return rows.length > 0 ? rows.map((row) => ({ file, ...row })) : [{ file }];
}
