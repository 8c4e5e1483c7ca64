/** Builds dist/: the service by tsc and the pages by Vite, side by side. One line each, and output on failure only. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { canBuild, digestOfInputs, hasSources, ROOT, STAMP } from './build-inputs.mjs';
import { withBuildLock } from './build-lock.mjs';

const QUEUE_TEMPLATE = {
  title: 'queue',
  script: join(ROOT, 'scripts/queue-template.mjs'),
  args: [],
};

const STEPS = [
  { title: 'service', script: tool('typescript/bin/tsc'), args: ['-p', 'tsconfig.build.json'] },
  { title: 'pages', script: tool('vite/bin/vite.js'), args: ['build', '--logLevel', 'error'] },
];

/** @returns {Promise<boolean>} whether dist/ is complete now */
export async function build() {
  if (!canBuild()) {
    console.error(
      hasSources()
        ? 'The build tools are not installed: run `npm ci --include=dev`, then this command again.'
        : 'There is no src/ here to build from: start from a clone of the repository, or from the container image.',
    );
    return false;
  }
  rmSync(STAMP, { force: true });
  // Taken first: a file that changes during the build makes the build stale, not the change forgotten.
  const inputs = digestOfInputs();
  const done = await Promise.all(STEPS.map(run));
  // Made by the built service itself.
  if (!done.every(Boolean) || !(await run(QUEUE_TEMPLATE))) return false;
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, `${JSON.stringify({ inputs })}\n`);
  return true;
}

/** Tools are run with this same Node: a `.bin` entry is a shell script on some systems. */
function tool(path) {
  return join(ROOT, 'node_modules', path);
}

async function run({ title, script, args }) {
  const start = performance.now();
  const { code, output } = await outputOf(script, args);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`  ${title.padEnd(8)} ${code === 0 ? 'built' : 'FAILED'} in ${seconds} s`);
  if (code !== 0) console.error(output.trimEnd());
  return code === 0;
}

/** @returns {Promise<{ code: number | null, output: string }>} code null: ended by a signal */
function outputOf(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: ROOT,
      // Vite builds React's development edition under any other NODE_ENV, that of a test run for one.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await withBuildLock(build)) ? 0 : 1;
}
