import type { Result } from './answer-all.js';
import type { OutFolder } from './out-folder.js';
import { tableOf, type Row } from './table.js';
import { printableJson } from './terminal.js';
import type { VisionTask } from './vision-task.js';

/** One JSON document: an array in the order of the inputs. */
export function asJson(outcomes: readonly Result[]): string {
  return printableJson(outcomes.map(dataOf));
}

function dataOf(outcome: Result): object {
  const { file } = outcome;
  if (outcome.kind === 'answered') return { file, ...outcome.answer.data, files: outcome.files };
  const { code, message } = outcome.fault;
  return { file, error: { code, message } };
}

/** A line or more for each picture; for one without a result, why. */
export function asTable({ columns }: VisionTask, outcomes: readonly Result[]): string {
  return tableOf(['file', ...columns.map(({ name }) => name)], outcomes.flatMap(rowsOf), [
    'left',
    ...columns.map(({ align = 'left' }) => align),
  ]);
}

function rowsOf(outcome: Result): Row[] {
  const { file } = outcome;
  if (outcome.kind === 'failed')
    return [{ first: file, note: `${outcome.fault.code}: ${outcome.fault.message}` }];
  return outcome.answer.rows.map((cells, index) => [index === 0 ? file : '', ...cells]);
}

const MAX_NAMED = 12;

/** What was written, in a line; nothing where nothing was. */
export function written({ title }: OutFolder, outcomes: readonly Result[]): string {
  const files = outcomes.flatMap((outcome) => (outcome.kind === 'answered' ? outcome.files : []));
  if (files.length === 0) return '';
  const names = files.slice(0, MAX_NAMED).map((file) => file.slice(file.lastIndexOf('/') + 1));
  const more = files.length > MAX_NAMED ? `, and ${files.length - MAX_NAMED} more` : '';
  return `Written to ${title}: ${names.join(', ')}${more}`;
}
