import Table, { type Cell } from 'cli-table3';
import { printable } from './terminal.js';

/** The cells of one line; or a note that takes the place of all cells but the first. */
export type Row = readonly string[] | { readonly first: string; readonly note: string };

export type Alignment = 'left' | 'right';

const NO_LINES = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' },
  ...{ 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' },
  ...{ right: '', 'right-mid': '', middle: '  ' },
};

/** Stands for a note while columns are measured: a note does not widen the column that it begins in. */
const NOTE = '\u0000';

/**
 * Text in aligned columns, the same on a terminal and in a pipe.
 * @param align of each column; to the left unless said
 */
export function tableOf(
  head: readonly string[],
  rows: readonly Row[],
  align: readonly Alignment[] = [],
): string {
  const table = new Table({
    head: [...head],
    chars: NO_LINES,
    colAligns: head.map((_name, column) => align[column] ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  const noted = rows.map((row) => ('note' in row ? row : undefined));
  for (const row of rows) table.push(cellsOf(row, head.length));
  const [first = '', ...lines] = table.toString().split('\n');
  const whole = lines.map((line, index) => withNote(line, noted[index]?.note));
  return [first, ...whole].map((line) => line.trimEnd()).join('\n');
}

function cellsOf(row: Row, columns: number): Cell[] {
  const note: Cell = { content: NOTE, hAlign: 'left' };
  // A name may hold anything: a line break would shift the lines.
  const cells = 'note' in row ? [printable(row.first), note] : row.map(printable);
  return Array.from({ length: columns }, (_cell, column) => cells[column] ?? '');
}

function withNote(line: string, note: string | undefined): string {
  if (note === undefined) return line;
  return `${line.slice(0, line.indexOf(NOTE))}${printable(note)}`;
}
