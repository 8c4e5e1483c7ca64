import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printed, ProgramError } from './program.js';

const PROGRAM = 'redis-server';

/** A Redis of its own for a measurement, with nothing in it. */
export interface Redis {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws ProgramError where there is no redis-server */
export async function startRedis(): Promise<Redis> {
  const dir = await mkdtemp(join(tmpdir(), 'okulo-bench-redis-'));
  const port = String(await freePort());
  const settings = { port, bind: '127.0.0.1', dir, save: '', 'maxmemory-policy': 'noeviction' };
  const child = spawn(
    PROGRAM,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const tidy = () => rm(dir, { recursive: true, force: true });
  await once(child, 'spawn').catch(async (cause: unknown) => {
    await tidy();
    throw new ProgramError(`${PROGRAM} is needed, and it cannot be started: install Redis.`, { cause });
  });
  const ended = once(child, 'exit').then(tidy);
  await printed(child, /Ready to accept connections/);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new ProgramError('a TCP server has a port');
  return address.port;
}
