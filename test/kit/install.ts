import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from './programs.js';
import { S3_INSTALL } from './s3-program.js';

/** Whether whoever runs the tests wants them to install what they need: nobody's machine is changed unasked. */
export function isInstallWanted({ CI, OKULO_TEST_INSTALL }: NodeJS.ProcessEnv): boolean {
  return CI === 'true' || OKULO_TEST_INSTALL === '1';
}

/** Installs Debian's packages, where this is a Debian and its root. Without a network it gives up soon. */
export function installPackages(names: readonly string[]): void {
  if (names.length === 0 || !isRootOfDebian()) return;
  console.log(`installing ${names.join(', ')}`);
  const fast = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10', '-qq'];
  const steps = [
    [...fast, 'update'],
    [...fast, 'install', '-y', '--no-install-recommends', ...names],
  ];
  for (const args of steps) {
    // In run level 1 the packages do not start their services, which would take the usual ports.
    const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    if (!runs('apt-get', args, 240_000, env)) return;
  }
}

/** Builds the S3 server where there is a Go, which takes minutes, once. Without a network it gives up. */
export function installS3Server(): void {
  const [go, ...args] = S3_INSTALL;
  if (findProgram(go) === null) return;
  console.log(`building the S3 server of the tests: ${S3_INSTALL.join(' ')}`);
  runs(go, args, 480_000, { CGO_ENABLED: '0' });
}

function isRootOfDebian(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== null;
}

/** Whether a command did its work; if not, what it said last is told. */
function runs(program: string, args: readonly string[], timeout: number, env: NodeJS.ProcessEnv): boolean {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout,
    env: { ...process.env, ...env },
  });
  if (status === 0) return true;
  const last = `${stdout}${stderr}`.trim().split('\n').at(-1) ?? '';
  console.log(`${program} ${args.at(-1) ?? ''} did not work: ${error?.message ?? last}`);
  return false;
}
