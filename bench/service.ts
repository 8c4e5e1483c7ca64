import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loopDelaySchema, MEASURE_LOOP, type LoopDelay } from './loop-delay.js';

const packageSchema = z.object({ scripts: z.object({ start: z.string() }) });
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The service in a process of its own, with a measurement in it. */
export interface Service {
  readonly url: string;
  /** Forgets what was measured so far. */
  resetLoop(): Promise<void>;
  /** The main event loop's delay since the last reset, measured inside the service. */
  loopDelay(): Promise<LoopDelay>;
  /**
   * Ends the service and removes its data.
   * @throws ServiceError when it does not end in good order
   */
  stop(): Promise<void>;
}

/** The service did not do what a measurement needs. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}

/**
 * Builds the service if its sources have changed, and starts it as `npm start` does: on a free port, with data of
 * its own, and without downloads that would disturb. All else comes from the environment.
 * @throws ServiceError
 */
export async function startService(): Promise<Service> {
  await buildIfStale();
  const dataDir = await mkdtemp(join(tmpdir(), 'okulo-bench-'));
  const args = ['--import', MEASURE_LOOP.href, ...(await startArguments())];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { LOG_LEVEL: 'warn', MODEL_DOWNLOADS: 'false', ...process.env, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => rm(dataDir, { recursive: true, force: true }));
  const url = await addressOf(child);
  return {
    url,
    resetLoop: async () => {
      await ask(child, 'reset');
    },
    loopDelay: async () => loopDelaySchema.parse(await ask(child, 'report')),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      if (child.exitCode !== 0) throw new ServiceError('The service did not stop in good order: see above.');
    },
  };
}

/** What `npm start` gives to node: its flags are part of what is measured. */
async function startArguments(): Promise<string[]> {
  const text = await readFile(join(ROOT, 'package.json'), 'utf8');
  const [node, ...args] = packageSchema.parse(JSON.parse(text)).scripts.start.split(' ');
  if (node !== 'node')
    throw new ServiceError(`Expected 'npm start' to call node, and it calls ${String(node)}.`);
  return args;
}

/** What it prints goes to standard error: standard output is the report's. */
async function buildIfStale(): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/build-if-stale.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new ServiceError('The service could not be built: see above.');
}

/** The service prints its addresses once it is ready; from then on nobody needs what it prints. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout) {
    for await (const line of createInterface(stdout)) {
      const url = /GraphQL\s+(?<url>https?:\/\/\S+)\/graphql/.exec(line)?.groups?.['url'];
      if (url === undefined) continue;
      stdout.resume();
      return url;
    }
  }
  throw new ServiceError('The service ended before it was ready: see above.');
}

async function ask(child: ChildProcess, question: 'reset' | 'report'): Promise<unknown> {
  const over = new AbortController();
  const gone = () => over.abort(new ServiceError('The service ended during the measurement: see above.'));
  child.once('exit', gone);
  try {
    const answer = once(child, 'message', { signal: over.signal });
    child.send(question);
    return (await answer)[0] as unknown;
  } finally {
    child.off('exit', gone);
  }
}
