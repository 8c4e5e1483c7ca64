import { expect, test } from 'vitest';
import { Fault } from '../../src/cli/fault.js';
import type { OutFolder } from '../../src/cli/out-folder.js';
import { asJson, written } from '../../src/cli/report.js';

const folder = { title: 'out', path: '/out' } as OutFolder;
const answered = (files: readonly string[]) =>
  ({
    kind: 'answered',
    file: 'a.jpg',
    answer: { data: { x: 1 }, rows: [], csv: [], pictures: [] },
    files,
  }) as const;
const failed = { kind: 'failed', file: 'b.jpg', fault: new Fault('TIMEOUT', 'Too long.') } as const;

test('a few files are named, of many their number is told', () => {
  expect(written(folder, [answered(['out/a.json']), failed])).toBe('Written to out: a.json');
  const many = Array.from({ length: 14 }, (_file, index) => `out/${index}.json`);
  expect(written(folder, [answered(many)])).toMatch(/: 0\.json, .*, 11\.json, and 2 more$/);
  expect(written(folder, [failed])).toBe('');
});

test('JSON tells every picture, with or without a result', () => {
  expect(JSON.parse(asJson([answered([]), failed]))).toEqual([
    { file: 'a.jpg', x: 1, files: [] },
    { file: 'b.jpg', error: { code: 'TIMEOUT', message: 'Too long.' } },
  ]);
});
