/** What runs in which tier is said by a file's name; this holds the names against what the files do. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';

/** What starts a process, a thread, a server, a queue or a browser; to import its types starts nothing. */
const STARTS =
  /^(node:(child_process|worker_threads|http|https|net|tls)|playwright-core|piscina)$|src\/(inference\/runner|queue\/backend)\.js$/;
const BROWSER = 'playwright-core';
/** Not types. */
const IMPORT = /^(?:import|export) (?!type )[^;]*?from '([^']+)'/gms;
/** Files that use a harmless part of such a module. */
const HARMLESS = new Set(['test/errors.test.ts', 'test/bench/peak-memory.test.ts']);

const TESTS = globSync('test/**/*.test.ts').sort();

/** What a test imports, directly or by other files that are none of the project's source. */
async function importsOf(file: string, seen = new Set<string>()): Promise<Set<string>> {
  const text = await readFile(file, 'utf8');
  for (const [, from = ''] of text.matchAll(IMPORT)) {
    const path = from.startsWith('.') ? normalize(join(file, '..', from)) : from;
    if (seen.has(path)) continue;
    seen.add(path);
    const source = path.replace(/\.js$/, '.ts');
    if (!path.startsWith('src/') && source !== path && existsSync(source)) await importsOf(source, seen);
  }
  return seen;
}

describe('a test file', () => {
  it.each(TESTS.filter((file) => !/\.(integration|browser|container)\.test\.ts$/.test(file)))(
    '%s is a unit: it starts nothing',
    async (file) => {
      if (HARMLESS.has(file)) return;
      expect([...(await importsOf(file))].filter((path) => STARTS.test(path))).toEqual([]);
    },
  );

  it.each(TESTS.filter((file) => file.endsWith('.integration.test.ts')))(
    '%s is an integration: it starts something, and no browser',
    async (file) => {
      const imports = [...(await importsOf(file))];
      expect(imports.some((path) => STARTS.test(path))).toBe(true);
      expect(imports).not.toContain(BROWSER);
    },
  );

  it.each(TESTS.filter((file) => file.endsWith('.browser.test.ts')))(
    '%s is for a browser: it starts one',
    async (file) => {
      expect([...(await importsOf(file))]).toContain(BROWSER);
    },
  );
});
