import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startRunner, type Runner, type RunnerOptions } from '../../src/inference/runner.js';

/** Building takes a while where the sources have changed since. */
export const BUILD_TIMEOUT = 300_000;

/** Starts inference threads as the service does, from the compiled code. */
export async function startThreads(options: Partial<RunnerOptions> = {}): Promise<Runner> {
  await promisify(execFile)(process.execPath, ['scripts/build-if-stale.mjs']);
  return startRunner({
    threadFile: pathToFileURL(resolve('dist/inference/thread.js')),
    threads: 1,
    intraOpThreads: 1,
    niceness: 0,
    maxWait: 60_000,
    onError: (error) => {
      throw error;
    },
    ...options,
  });
}

/** An estimate, where the test is not about estimates. */
export const ANY_WORK = { work: 10 };
