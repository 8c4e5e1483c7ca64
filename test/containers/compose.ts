import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, vi } from 'vitest';
import { ROOT } from '../../scripts/build-inputs.mjs';
import { findProgram } from '../kit/programs.js';
import { docker, DOCKER } from './docker.js';
import { BASE } from './engine-setup.js';

const run = promisify(execFile);

/** Where the API of docker-compose.yml is published. */
export const API = 'http://127.0.0.1:4000';

/** docker-compose.yml, brought up under a name of its own. */
export class Compose {
  constructor(
    private readonly project: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** By the plug-in, or the program of before. @returns what it printed */
  async do(...args: readonly string[]): Promise<string> {
    const program = findProgram('docker-compose');
    const [name, first] = program === null ? [DOCKER, ['compose']] : [program, []];
    const { stdout } = await run(name, [...first, '-p', this.project, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...this.env },
    });
    return stdout.trim();
  }

  async containersOf(service: string): Promise<string[]> {
    return (await this.do('ps', '-q', service)).split('\n');
  }

  /** Waits until all containers of the services are healthy. */
  async areHealthy(...services: readonly string[]): Promise<void> {
    for (const service of services) for (const id of await this.containersOf(service)) await isHealthy(id);
  }
}

async function isHealthy(id: string): Promise<void> {
  await vi.waitFor(
    async () => expect(await docker('inspect', '-f', '{{.State.Health.Status}}', id)).toBe('healthy'),
    { timeout: 120_000, interval: 1000 },
  );
}

/**
 * Has an image of somebody else's: pulled, or, where no registry of images can be reached, made on our base by
 * instructions that bring the same program.
 */
export async function obtainImage(
  image: string,
  instructions: string,
  folder = ROOT + '/docker',
): Promise<void> {
  if ((await docker('pull', image).catch(() => undefined)) !== undefined) return;
  const file = `FROM ${BASE}\n${instructions}`;
  const build = ['sh', file, DOCKER, image, folder];
  await run('sh', ['-c', `printf '%s' "$1" | "$2" build --network host -t "$3" -f - "$4"`, ...build], {
    env: { ...process.env, DOCKER_BUILDKIT: '1' },
  });
}

/** Of the queue: Debian's Redis, called what Valkey's programs are called. */
export function obtainQueue(): Promise<void> {
  return obtainImage(
    'valkey/valkey:8-bookworm',
    `RUN apt-get update && apt-get install -y --no-install-recommends redis-server \\
    && for name in server cli; do ln -s /usr/bin/redis-$name /usr/local/bin/valkey-$name; done \\
    && mkdir -p /data && chown 999:1000 /data
VOLUME /data
WORKDIR /data`,
  );
}
