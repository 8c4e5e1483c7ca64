/**
 * Runs a script of infra/, a package of its own, with what it needs installed first: `node scripts/infra.mjs synth`.
 * Whoever only runs the service has no need of a fifth of a gigabyte of AWS CDK, so `npm ci` leaves it out.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';

const folder = fileURLToPath(new URL('../infra/', import.meta.url));
const [script = '', ...args] = process.argv.slice(2);

/** @param {string[]} words */
function npm(...words) {
  const { status } = spawnSync('npm', words, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const digest = createHash('sha256')
  .update(readFileSync(`${folder}package-lock.json`))
  .digest('hex');
const mark = `${folder}node_modules/.installed-from`;
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== digest) {
  npm('ci');
  writeFileSync(mark, digest);
}
npm('run', '--silent', script, '--', ...args);
