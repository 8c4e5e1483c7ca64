/**
 * Changes the source of some folders, a line at a time, and tells which changes no unit test notices:
 * `npm run test:mutants -- imaging tasks`.
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { Stryker } from '@stryker-mutator/core';

const folders = process.argv.slice(2);
const unknown = folders.filter((folder) => !existsSync(`src/${folder}`));
if (folders.length === 0 || unknown.length > 0) {
  console.error(
    unknown.length > 0
      ? `There is no folder ${unknown.map((folder) => `src/${folder}`).join(', ')}.`
      : 'Which folders of src? Like this: npm run test:mutants -- imaging',
  );
  process.exit(2);
}

await new Stryker({
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: folders.map((folder) => `src/${folder}/**/*.ts`),
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
