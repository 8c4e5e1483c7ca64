import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { startServer } from './redis-server.js';

export interface TestNginx {
  /** Asks it to end, and takes its files away. */
  readonly stop: () => Promise<void>;
}

/**
 * A real nginx of its own for a suite, ready when this resolves. It writes to no place but a folder of its own.
 * @param http what stands in its `http` block: `server` blocks that listen on free ports of 127.0.0.1
 */
export async function startNginx(http: string): Promise<TestNginx> {
  const binary = inject('nginx');
  if (binary === null) throw new Error('nginx is needed: skip this suite where inject() gives null');
  const dir = await mkdtemp(join(tmpdir(), 'okulo-nginx-'));
  const file = join(dir, 'nginx.conf');
  await writeFile(file, configuration(http));
  // Told at level notice once it listens.
  const server = await startServer(binary, ['-p', dir, '-c', file, '-e', 'stderr'], 'event method');
  return {
    stop: async () => {
      await server.end('SIGTERM');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** One process, so that none is left when it is killed. Relative paths lie in its folder. */
function configuration(http: string): string {
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${kind};`,
  );
  return `daemon off;
master_process off;
pid nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${bodies.join('\n  ')}
  ${http}
}
`;
}
