/** Takes out of a folder what an image does not run: `node prune-modules.mjs <folder> [--service]`. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const [folder = '', service] = process.argv.slice(2);
/** For people, compilers and debuggers. Licences stay. */
const UNREAD = /\.(map|d\.[cm]?ts|[cm]?ts|flow|markdown)$|(?<!licen[cs]e|notice)\.md$/i;
/** Of an API or a worker: the queue embedded in a process, and pictures where there is no native library. */
const LAPTOP_ONLY = ['@electric-sql', '@img/sharp-wasm32'];

// The package has its runtime for every platform.
const { platform, arch } = process;
const runtimes = join(folder, 'onnxruntime-node/bin');
for (const napi of existsSync(runtimes) ? readdirSync(runtimes) : [])
  for (const system of readdirSync(join(runtimes, napi)))
    for (const machine of readdirSync(join(runtimes, napi, system)))
      if (system !== platform || machine !== arch)
        rmSync(join(runtimes, napi, system, machine), { recursive: true });

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
  if (entry.isFile() && UNREAD.test(entry.name)) rmSync(join(entry.parentPath, entry.name));

if (service === '--service')
  for (const name of LAPTOP_ONLY) rmSync(join(folder, name), { recursive: true, force: true });
