import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../src/cli/service-process.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export type Role = 'serve' | 'api' | 'worker';

/** How a process ended: by itself with a code, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built program, running. */
export interface ServiceProcess {
  readonly pid: number;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly exited: Promise<Ending>;
  /** Resolves as soon as standard output matches. @throws what it printed, when it ends before that */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ending>;
}

/**
 * Runs `dist/main.js` as a user would, with nothing of this process's environment but what every program needs.
 * @param env the service's configuration
 */
export function startProcess(role: string, env: NodeJS.ProcessEnv): ServiceProcess {
  if (!existsSync(MAIN)) throw new Error('dist/main.js is needed: run npm run build');
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [...NODE_FLAGS, MAIN, role], {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${process.execPath} did not start`);
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);

  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // 'close' rather than 'exit': by then everything that it printed has arrived.
  const exited = once(child, 'close').then((): Ending => {
    process.off('exit', killWithUs);
    return { code: child.exitCode, signal: child.signalCode };
  });

  return {
    pid,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(stdout);
          if (!match) return;
          child.stdout.off('data', look);
          resolve(match);
        };
        child.stdout.on('data', look);
        look();
        void exited.then(({ code }) =>
          reject(
            new Error(
              `It ended with ${String(code)} before it printed ${String(pattern)}:\n${stdout}${stderr}`,
            ),
          ),
        );
      }),
    end: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}
