import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './program.js';

const versionSchema = z.object({ version: z.string() });
const MEASURED = ['onnxruntime-node', 'sharp', '@julusian/jpeg-turbo'];

/** What every figure depends on: the cores, and the versions of what does the work. */
export async function machine(): Promise<Record<string, string>> {
  const versions = await Promise.all(
    MEASURED.map(async (name) => {
      const file = join(ROOT, 'node_modules', name, 'package.json');
      const text = await readFile(file, 'utf8').catch(() => undefined);
      return `${name} ${text === undefined ? '(not here)' : versionSchema.parse(JSON.parse(text)).version}`;
    }),
  );
  return {
    machine: `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`,
    versions: versions.join(', '),
  };
}
