/**
 * Changes the source of some folders in small ways and tells which changes no unit test notices:
 * `npm run test:mutants -- imaging tasks`. A whole folder takes hours; `--lines 100` takes so many lines of each
 * folder, chosen by `--seed`, which is enough for an estimate of its score.
 */
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { globSync } from 'tinyglobby';

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { lines: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const { lines, seed } = values;
const unknown = folders.filter((folder) => !existsSync(`src/${folder}`));
const isMistaken = [lines ?? '1', seed].some((number) => !/^[1-9]\d*$/.test(number));
if (folders.length === 0 || unknown.length > 0 || isMistaken) {
  console.error(
    unknown.length > 0
      ? `There is no folder ${unknown.map((folder) => `src/${folder}`).join(', ')}.`
      : isMistaken
        ? 'Expected whole numbers above zero for --lines and --seed.'
        : 'Which folders of src? Like this: npm run test:mutants -- imaging --lines 100',
  );
  process.exit(2);
}

/** Lines that hold something to change, as Stryker writes a place: `file:from-to`. */
function placesIn(folder) {
  return globSync(`src/${folder}/**/*.ts`).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        /^\s*(import|export \{|\/\/|\/?\*|[)}\]];?,?$|$)/.test(line)
          ? []
          : [`${file}:${index + 1}-${index + 1}`],
      ),
  );
}

/** So many of them, the same ones for the same seed. */
function sampleOf(places, count, seed) {
  const left = [...places];
  let state = seed;
  const random = () => {
    // Numerical Recipes' linear congruential generator: good enough to choose lines by.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0],
  );
}

await new Stryker({
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: folders.flatMap((folder) =>
    lines === undefined ? [`src/${folder}/**/*.ts`] : sampleOf(placesIn(folder), Number(lines), Number(seed)),
  ),
  vitest: { configFile: 'vitest.unit.config.ts', related: true },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // What is changed once and for all when a file is loaded cannot be told test by test.
  ignoreStatic: true,
  ignorePatterns: ['/data', '/test-artifacts', '/models/.cache'],
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { logTests: false },
  tempDirName: 'test-artifacts/mutants',
}).runMutationTest();
