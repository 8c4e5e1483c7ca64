import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/build-inputs.mjs';
import { contextSources, readIgnored, readStages, wholeStage, type Instruction } from './dockerfile.js';

const stages = readStages();
const image = wholeStage('service', stages);
const isIgnored = readIgnored();

function only(name: string): string {
  const found = image.filter((instruction) => instruction.name === name);
  expect(found, `one ${name}`).toHaveLength(1);
  return found[0]?.rest ?? '';
}

function indexOf(matches: (instruction: Instruction) => boolean): number {
  return image.findIndex(matches);
}

describe('the Dockerfile', () => {
  it('runs the service as a user who is not root', () => {
    expect(only('USER')).not.toMatch(/^(root|0)\b/);
  });

  it('has node as the first process, which gets the signals', () => {
    const entry: unknown = JSON.parse(only('ENTRYPOINT'));

    expect(entry).toEqual(expect.arrayContaining(['node', 'dist/main.js']));
    expect(JSON.parse(only('CMD'))).toEqual(['api']);
    expect(only('STOPSIGNAL')).toBe('SIGTERM');
  });

  it('asks with its health check what a load balancer would ask', () => {
    expect(only('HEALTHCHECK')).toContain('container-health');
    expect(readFileSync(join(ROOT, 'scripts/container-health.sh'), 'utf8')).toContain('/readyz');
  });

  it('gives the data folder to the user before it becomes a volume', () => {
    const owned = indexOf(({ name, rest }) => name === 'RUN' && /chown .*\/data/.test(rest));
    const volume = indexOf(({ name }) => name === 'VOLUME');

    expect(owned).toBeGreaterThan(-1);
    expect(volume).toBeGreaterThan(owned);
  });

  it('leaves it to whoever runs it to open it to everybody, and keeps no secret', () => {
    const settings = stages.flat().filter(({ name }) => name === 'ENV' || name === 'ARG');

    for (const { rest } of settings) expect(rest).not.toMatch(/ANONYMOUS|SECRET|TOKEN|PASSWORD|_KEY/i);
  });

  it('installs no development tools into the image', () => {
    const installs = stages.flat().filter(({ rest }) => rest.includes('npm ci'));
    const [modules] = image.filter(({ rest }) => rest.endsWith(' node_modules'));

    expect(modules?.rest).toContain('--from=service-modules');
    expect(installs.at(-1)?.rest).toContain('--omit=dev');
  });

  it('copies only what there is and what the build context has', () => {
    const sources = stages.flat().flatMap(contextSources);

    expect(sources).toContain('src');
    for (const source of sources) {
      expect(existsSync(join(ROOT, source)), source).toBe(true);
      expect(isIgnored(source), source).toBe(false);
    }
  });
});

describe('the image', () => {
  it.each(['manifest.json', 'labels', 'builtin', 'probe'])('has models/%s, which a start needs', (name) => {
    expect(image.flatMap(contextSources)).toContain(`models/${name}`);
    expect(isIgnored(`models/${name}`)).toBe(false);
  });
});

describe('the build context', () => {
  it.each(['.git', 'node_modules', 'dist', 'data', 'test', 'models/.cache', 'models/builtin/training'])(
    'leaves out %s',
    (path) => {
      expect(isIgnored(path)).toBe(true);
    },
  );
});

describe.skipIf(!hasCompose())('docker-compose.yml (where there is docker compose)', () => {
  it('is valid', () => {
    const config: unknown = JSON.parse(compose('config', '--format', 'json'));

    expect(config).toMatchObject({
      services: {
        api: { ports: [{ host_ip: '127.0.0.1' }], stop_grace_period: '30s' },
        worker: { depends_on: { redis: { condition: 'service_healthy' } } },
        redis: { command: expect.arrayContaining(['--appendonly', 'noeviction']) as unknown },
      },
    });
  });
});

function hasCompose(): boolean {
  try {
    compose('version');
    return true;
  } catch {
    return false;
  }
}

function compose(...args: string[]): string {
  return execFileSync('docker', ['compose', ...args], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
}
