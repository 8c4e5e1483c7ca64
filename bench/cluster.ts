import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale, nodeArguments, printed, ProgramError, ROOT } from './program.js';
import { startRedis } from './redis.js';

export interface ClusterOptions {
  readonly workers: number;
  /** The longest side of a tile, in pixels of the input. */
  readonly tileEdge: number;
}

/** An API and workers of one thread each, around a Redis of their own. */
export interface Cluster {
  /** Of the API. */
  readonly url: string;
  /** Process ids of the workers. */
  readonly workers: readonly number[];
  /**
   * Ends all processes and removes their data.
   * @throws ProgramError when one does not end in good order
   */
  stop(): Promise<void>;
}

/**
 * Builds the service if its sources have changed, and starts it as `npm run api` and `npm run worker` do.
 * @throws ProgramError
 */
export async function startCluster({ workers, tileEdge }: ClusterOptions): Promise<Cluster> {
  await buildIfStale();
  const redis = await startRedis();
  const dataDir = await mkdtemp(join(tmpdir(), 'okulo-bench-'));
  const children: ChildProcess[] = [];
  const start = async (script: 'api' | 'worker', ready: RegExp) => {
    const child = spawn(process.execPath, await nodeArguments(script), {
      cwd: ROOT,
      env: {
        LOG_LEVEL: 'warn',
        MODEL_DOWNLOADS: 'false',
        ...process.env,
        DATA_DIR: dataDir,
        PORT: '0',
        QUEUE_URL: redis.url,
        SUPER_RESOLUTION_THREADS: '1',
        SUPER_RESOLUTION_TILE: String(tileEdge),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return { pid: child.pid ?? 0, match: await printed(child, ready) };
  };
  const stop = async () => {
    const codes = await Promise.all(children.map(ending));
    await redis.stop();
    await rm(dataDir, { recursive: true, force: true });
    if (codes.some((code) => code !== 0)) {
      throw new ProgramError('The service did not stop in good order: see above.');
    }
  };
  try {
    const [api, ...pool] = await Promise.all([
      start('api', /GraphQL\s+(https?:\/\/\S+)\/graphql/),
      ...Array.from({ length: workers }, () => start('worker', /is ready after/)),
    ]);
    return { url: api.match[1] ?? '', workers: pool.map(({ pid }) => pid), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** Asks a process to end. @returns its exit code */
async function ending(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  return child.exitCode;
}
