import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loopDelaySchema, MEASURE_LOOP, type LoopDelay } from './loop-delay.js';
import { buildIfStale, nodeArguments, printed, ProgramError, ROOT } from './program.js';

/** The service in a process of its own, with a measurement in it. */
export interface Service {
  readonly url: string;
  /** Process id. */
  readonly pid: number;
  /** Forgets what was measured so far. */
  resetLoop(): Promise<void>;
  /** The main event loop's delay since the last reset, measured inside the service. */
  loopDelay(): Promise<LoopDelay>;
  /**
   * Ends the service and removes its data.
   * @throws ProgramError when it does not end in good order
   */
  stop(): Promise<void>;
}

/**
 * Builds the service if its sources have changed, and starts it as `npm start` does: on a free port, with data of
 * its own, and without downloads that would disturb. All else comes from the environment.
 * @param settings environment variables that the measurement needs
 * @throws ProgramError
 */
export async function startService(settings: Readonly<Record<string, string>> = {}): Promise<Service> {
  await buildIfStale();
  const dataDir = await mkdtemp(join(tmpdir(), 'okulo-bench-'));
  const args = ['--import', MEASURE_LOOP.href, ...(await nodeArguments('start'))];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: {
      LOG_LEVEL: 'warn',
      MODEL_DOWNLOADS: 'false',
      ...process.env,
      DATA_DIR: dataDir,
      ...settings,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => rm(dataDir, { recursive: true, force: true }));
  const [, url = ''] = await printed(child, /GraphQL\s+(https?:\/\/\S+)\/graphql/);
  return {
    url,
    pid: child.pid ?? 0,
    resetLoop: async () => {
      await ask(child, 'reset');
    },
    loopDelay: async () => loopDelaySchema.parse(await ask(child, 'report')),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      if (child.exitCode !== 0) throw new ProgramError('The service did not stop in good order: see above.');
    },
  };
}

async function ask(child: ChildProcess, question: 'reset' | 'report'): Promise<unknown> {
  const over = new AbortController();
  const gone = () => over.abort(new ProgramError('The service ended during the measurement: see above.'));
  child.once('exit', gone);
  try {
    const answer = once(child, 'message', { signal: over.signal });
    child.send(question);
    return (await answer)[0] as unknown;
  } finally {
    child.off('exit', gone);
  }
}
