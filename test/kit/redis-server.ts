import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Asks it to end, as an operator would. */
  readonly stop: () => Promise<void>;
  /** Ends it without a chance to save anything. */
  readonly kill: () => Promise<void>;
}

export interface TestRedis extends TestServer {
  /** Has it stop answering, its connections open, until it is thawed. */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

/**
 * A Redis of its own for a suite, ready when this resolves. Give `port` and `dir` of an earlier one to start it
 * again; without `dir` its files go away with it.
 */
export async function startRedis(
  options: {
    port?: number;
    dir?: string;
    appendOnly?: boolean;
    /** Further settings of redis.conf. */
    settings?: Readonly<Record<string, string>>;
  } = {},
): Promise<TestRedis> {
  const binary = inject('redisServer');
  if (binary === null) throw new Error('redis-server is needed: skip this suite where inject() gives null');
  const port = options.port ?? (await freePort());
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'okulo-redis-')));
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    save: '',
    appendonly: options.appendOnly === true ? 'yes' : 'no',
    'maxmemory-policy': 'noeviction',
    ...options.settings,
  };
  const server = await startServer(
    binary,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    'Ready to accept connections',
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await server.end(signal);
    if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => server.signal('SIGSTOP'),
    thaw: () => server.signal('SIGCONT'),
  };
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

/**
 * Starts a server program and waits for the line that says it is ready.
 * @throws with what the program printed, when it ends before that
 */
export async function startServer(
  binary: string,
  args: readonly string[],
  readyLine: string,
  options: Pick<SpawnOptions, 'uid' | 'gid' | 'cwd'> = {},
): Promise<{ end: (signal: NodeJS.Signals) => Promise<void>; signal: (signal: NodeJS.Signals) => void }> {
  const child = spawn(binary, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const exited = new Promise<void>((resolve) => {
    const done = (): void => {
      process.off('exit', killWithUs);
      resolve();
    };
    child.once('exit', done);
    child.once('error', done);
  });

  const printed: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        printed.push(line);
        if (line.includes(readyLine)) resolve();
      });
    }
    void exited.then(() => reject(new Error(`${binary} ended before it was ready:\n${printed.join('\n')}`)));
  });
  return {
    signal: (signal) => void child.kill(signal),
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}
