import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OKULO = fileURLToPath(new URL('../../dist/cli/okulo.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `okulo` with nothing of this process's environment but what every program needs. */
export function okulo(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(program(), [OKULO, ...args], { env: environment(env) }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** Starts it, to be ended by the test. */
export function startOkulo(args: readonly string[], env: NodeJS.ProcessEnv) {
  return spawn(program(), [OKULO, ...args], { env: environment(env), stdio: 'ignore' });
}

function program(): string {
  if (!existsSync(OKULO)) throw new Error('dist/cli/okulo.js is needed: run npm run build');
  return process.execPath;
}

function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, ...env };
}
