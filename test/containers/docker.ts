import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/build-inputs.mjs';
import { isProgram } from '../kit/programs.js';

const run = promisify(execFile);
/** Debian's own first: another one on PATH may lack the part that builds. */
export const DOCKER = isProgram('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';
const MEBI = 1024 * 1024;

/** Asks the engine that `DOCKER_HOST` names. @returns what it printed. @throws with what it complained of */
export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(DOCKER, args, { cwd: ROOT, maxBuffer: 64 * MEBI });
  return stdout.trim();
}

/** Builds a target of the Dockerfile; what it prints goes to this process's output, for it takes minutes. */
export function build(target: string, tag: string, args: Readonly<Record<string, string>>): Promise<void> {
  const given = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const child = spawn(DOCKER, ['build', '--network', 'host', '--target', target, '-t', tag, ...given, '.'], {
    cwd: ROOT,
    env: { ...process.env, DOCKER_BUILDKIT: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`docker build --target ${target} ended with ${String(code)}`)),
    );
  });
}

export interface Layer {
  readonly bytes: number;
  /** The instruction that made it. */
  readonly by: string;
}

/** The layers of an image that its base does not have, the newest first. */
export async function layersAbove(image: string, base: string): Promise<Layer[]> {
  const [own, below] = await Promise.all([historyOf(image), historyOf(base)]);
  return own.slice(0, own.length - below.length);
}

async function historyOf(image: string): Promise<Layer[]> {
  const lines = await docker(
    'history',
    '--no-trunc',
    '--human=false',
    '--format',
    '{{.Size}}\t{{.CreatedBy}}',
    image,
  );
  return lines.split('\n').map((line) => {
    const [bytes = '0', by = ''] = line.split('\t');
    return { bytes: Number(bytes), by };
  });
}

export function megabytes(layers: readonly Layer[]): number {
  return layers.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
}
