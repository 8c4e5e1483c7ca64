import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isBuildCurrent, ROOT } from '../../scripts/build-inputs.mjs';

export interface BuiltStudio {
  readonly dir: string;
  /** Removes what was built for this test alone. */
  dispose(): Promise<void>;
}

/** The pages as the sources are now: dist/studio where that is current, otherwise a build of their own. */
export async function builtStudio(): Promise<BuiltStudio> {
  if (isBuildCurrent()) return { dir: join(ROOT, 'dist', 'studio'), dispose: () => Promise.resolve() };
  const dir = await mkdtemp(join(tmpdir(), 'okulo-studio-'));
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', dir, '--logLevel', 'error'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return { dir, dispose: () => rm(dir, { recursive: true }) };
}
