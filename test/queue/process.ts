import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { Where } from './stores.js';

const PROGRAM = fileURLToPath(new URL('backend-user.ts', import.meta.url));

export type Use = 'pass-through' | 'hold';

export interface OtherProcess {
  readonly pid: number;
  /** The next line it prints; rejects when it ends instead. */
  readonly line: () => Promise<string>;
  readonly kill: () => Promise<void>;
  /** Its exit code, once it ends of itself. */
  readonly exit: Promise<number | null>;
}

/** A process of its own that uses a backend: see `backend-user.ts`. */
export function otherProcess(use: Use, where: Where): OtherProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, use, JSON.stringify(where)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const exit = once(child, 'exit').then(() => child.exitCode);
  return {
    pid: child.pid ?? 0,
    line: async () => {
      const next = await lines.next();
      if (next.done === true) throw new Error(`the process ended with ${await exit}`);
      return next.value;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
    exit,
  };
}
