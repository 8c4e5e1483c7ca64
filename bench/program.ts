import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const scriptsSchema = z.object({ scripts: z.record(z.string(), z.string()) });

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A program did not do what a measurement needs. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/**
 * What an npm script gives to node: its flags are part of what is measured.
 * @throws ProgramError when it calls something else
 */
export async function nodeArguments(script: string): Promise<string[]> {
  const text = await readFile(join(ROOT, 'package.json'), 'utf8');
  const [node, ...args] = scriptsSchema.parse(JSON.parse(text)).scripts[script]?.split(' ') ?? [];
  if (node !== 'node')
    throw new ProgramError(`Expected 'npm run ${script}' to call node, and it calls ${String(node)}.`);
  return args;
}

/** What it prints goes to standard error: standard output is the report's. */
export async function buildIfStale(): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/build-if-stale.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  await once(child, 'exit');
  if (child.exitCode !== 0) throw new ProgramError('The service could not be built: see above.');
}

/**
 * Waits for the line that says a program is ready; from then on nobody needs what it prints.
 * @throws ProgramError when it ends before
 */
export async function printed({ stdout }: ChildProcess, line: RegExp): Promise<RegExpExecArray> {
  if (stdout) {
    for await (const text of createInterface(stdout)) {
      const match = line.exec(text);
      if (!match) continue;
      stdout.resume();
      return match;
    }
  }
  throw new ProgramError('A program ended before it was ready: see above.');
}
