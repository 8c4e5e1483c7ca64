/** Compiles src/imaging/kernels/kernels.wat into a module beside it, or with --check tells whether it is up to date. */
import { readFile, writeFile } from 'node:fs/promises';
import openWabt from 'wabt';

const SOURCE = new URL('../src/imaging/kernels/kernels.wat', import.meta.url);
const FILE = new URL('../src/imaging/kernels/wasm.ts', import.meta.url);

const wabt = await openWabt();
const compiled = wabt.parseWat('kernels.wat', await readFile(SOURCE, 'utf8'), { simd: true });
compiled.validate();
const base64 = Buffer.from(compiled.toBinary({}).buffer).toString('base64');
compiled.destroy();
const lines = base64.match(/.{1,100}/g) ?? [];
const emitted = [
  '/** Made by `npm run fix:kernels` from kernels.wat. Do not edit. */',
  'export const WASM = [',
  ...lines.map((line) => `  '${line}',`),
  "].join('');",
  '',
].join('\n');

if (!process.argv.includes('--check')) {
  await writeFile(FILE, emitted);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== emitted) {
  console.error('src/imaging/kernels/wasm.ts is not what kernels.wat makes. Run: npm run fix:kernels');
  process.exitCode = 1;
}
