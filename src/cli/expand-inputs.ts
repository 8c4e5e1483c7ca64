import { access } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { Input } from './input.js';
import { UsageError } from './usage-error.js';

/**
 * The pictures that arguments name, in their order: files, patterns that the shell has left alone, `-`, addresses.
 * @throws UsageError for a pattern with * or ? that finds nothing, and a second `-`
 */
export async function expandInputs(args: readonly string[]): Promise<Input[]> {
  if (args.filter((arg) => arg === '-').length > 1)
    throw new UsageError("Expected '-' once at most: standard input can be read only once.");
  return (await Promise.all(args.map(expand))).flat();
}

async function expand(arg: string): Promise<Input[]> {
  if (arg === '-') return [{ kind: 'stdin' }];
  if (/^https?:\/\//i.test(arg)) return [{ kind: 'url', url: arg }];
  // A file may be called `a[1].jpg`.
  if (!isDynamicPattern(arg) || (await exists(arg))) return [{ kind: 'file', path: arg }];
  const found = await glob(arg, { expandDirectories: false, absolute: isAbsolute(arg) });
  // Nor is `photo+(2).jpg` a pattern to whoever writes it: such a file is missing like any other.
  if (found.length === 0 && !/[*?]/.test(arg)) return [{ kind: 'file', path: arg }];
  if (found.length === 0) throw new UsageError(`Nothing matches the pattern '${arg}'.`);
  return found.sort().map((path) => ({ kind: 'file', path }));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
