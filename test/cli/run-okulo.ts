import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OKULO = fileURLToPath(new URL('../../dist/cli/okulo.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** The folder that it runs in. */
  readonly cwd?: string;
  /** What comes on its standard input. */
  readonly input?: Uint8Array;
}

/** Runs the built `okulo` with nothing of this process's environment but what every program needs. */
export function okulo(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  { cwd, input }: Surroundings = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      program(),
      [OKULO, ...args],
      { env: environment(env), cwd },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/** Starts it, to be ended by the test. */
export function startOkulo(args: readonly string[], env: NodeJS.ProcessEnv) {
  return spawn(program(), [OKULO, ...args], { env: environment(env), stdio: 'ignore' });
}

/** It, while it runs. */
export interface Running {
  /** Resolves as soon as what it has printed matches. @throws what it printed, when it ends before that */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** From here on nobody reads what it tells on stderr. */
  deafen(): void;
  readonly ended: Promise<Ended>;
}

/**
 * Starts it, to be watched and ended by the test.
 * @param stdout an open file that takes its output instead of this process
 */
export function watchOkulo(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd?: string,
  stdout?: number,
): Running {
  return watch(
    spawn(program(), [OKULO, ...args], {
      env: environment(env),
      cwd,
      stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
    }),
  );
}

/** Whether `script` is there, which lends a terminal to a program. */
export const hasTerminal = spawnSync('script', ['--version']).status === 0;
if (!hasTerminal) console.log('not run: the command line on a terminal (apt-get install bsdutils)');

/** Starts it on a terminal of its own, which shows all that it prints. */
export function watchOnTerminal(args: readonly string[], env: NodeJS.ProcessEnv, cwd?: string): Running {
  const command = [program(), OKULO, ...args].map(quoted).join(' ');
  return watch(
    spawn('script', ['-qefc', command, '/dev/null'], {
      env: { ...environment(env), TERM: 'xterm', SHELL: '/bin/sh' },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** Starts a program of the test's own, which may import what is built. */
export function watchModule(code: string, cwd: string, onTerminal: boolean): Running {
  const args = ['--input-type=module', '-e', code];
  const options = { env: { ...environment({}), TERM: 'xterm', SHELL: '/bin/sh' }, cwd };
  return watch(
    onTerminal
      ? spawn('script', ['-qefc', [program(), ...args].map(quoted).join(' '), '/dev/null'], {
          ...options,
          stdio: ['ignore', 'pipe', 'pipe'],
        })
      : spawn(program(), args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function watch(child: ChildProcess): Running {
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (more: string) => (text.stdout += more));
  child.stderr?.setEncoding('utf8').on('data', (more: string) => (text.stderr += more));
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, ...text }));
  return {
    ended,
    kill: (signal) => void child.kill(signal),
    deafen: () => child.stderr?.destroy(),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text.stdout + text.stderr);
          if (match) resolve(match);
        };
        child.stdout?.on('data', look);
        child.stderr?.on('data', look);
        look();
        void ended.then(({ code }) =>
          reject(
            new Error(`It ended with ${String(code)} before it printed ${String(pattern)}: ${text.stderr}`),
          ),
        );
      }),
  };
}

function program(): string {
  if (!existsSync(OKULO)) throw new Error('dist/cli/okulo.js is needed: run npm run build');
  return process.execPath;
}

function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, ...env };
}
