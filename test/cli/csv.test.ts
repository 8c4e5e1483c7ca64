import { expect, test } from 'vitest';
import { asCsv } from '../../src/cli/csv.js';
import type { CsvRow } from '../../src/cli/vision-task.js';
import { Fault } from '../../src/cli/fault.js';

const answered = (file: string, csv: readonly CsvRow[]) =>
  ({ kind: 'answered', file, answer: { data: {}, rows: [], csv, pictures: [] }, files: [] }) as const;

test('a line for each thing found, one for nothing, one for a fault', () => {
  const outcomes = [
    answered('a.jpg', [
      { label: 'car', score: 0.5 },
      { label: 'cat', score: 0.25 },
    ]),
    answered('b.jpg', []),
    { kind: 'failed', file: 'c.jpg', fault: new Fault('TIMEOUT', 'Too long.') } as const,
  ];
  expect(asCsv(outcomes)).toBe(
    'file,label,score,error\na.jpg,car,0.5,\na.jpg,cat,0.25,\nb.jpg,,,\nc.jpg,,,TIMEOUT: Too long.',
  );
});

test('commas, quotes and line ends stay in their cell', () => {
  expect(asCsv([answered('a, "b"\n.jpg', [])])).toBe('file\n"a, ""b""\n.jpg"');
});

test.each(['=1+1', '@SUM(A1)', '+1', '-1'])('a spreadsheet does not compute %s', (name) => {
  expect(asCsv([answered(name, [])])).toBe(`file\n'${name}`);
});
