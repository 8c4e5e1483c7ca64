import Table from 'cli-table3';
import type { Command } from 'commander';
import { digestOfKey, newApiKey } from '../access/api-key.js';
import { KeyFileError, readKeyFile, writeKeyFile, type KeyEntry } from '../access/key-file.js';
import { readConfig } from '../config.js';
import { UsageError } from './usage-error.js';

interface FileOption {
  readonly file?: string;
}

/** `keys add | list | remove`: who may use the service. */
export function addKeysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .description('API keys: who may use a service that was started with API_KEYS_FILE');
  const command = (name: string, description: string) =>
    keys
      .command(name)
      .description(description)
      .option('--file <path>', 'the key file (default: that of API_KEYS_FILE)');
  command('add', 'make a key and print it; it is shown this once and kept nowhere')
    .argument('<name>', 'who it is for: the owner of the jobs that are made with it')
    .action((name: string, { file }: FileOption) => addKey(pathOf(file), name));
  command('list', 'whose keys there are')
    .option('--json', 'print JSON')
    .action(({ file, json = false }: FileOption & { json?: boolean }) => listKeys(pathOf(file), json));
  command('remove', 'withdraw a key; a running service knows within seconds')
    .argument('<name>', 'whose key')
    .action((name: string, { file }: FileOption) => removeKey(pathOf(file), name));
}

function pathOf(file: string | undefined): string {
  const path = file ?? readConfig('tool').keysFile;
  if (path !== undefined) return path;
  throw new UsageError(
    'Expected a key file: give --file <path>, or set API_KEYS_FILE as the service has it.',
  );
}

async function addKey(path: string, name: string): Promise<void> {
  const entries = await readKeyFile(path).catch(noneYet);
  if (entries.some((entry) => entry.name === name)) {
    throw new UsageError(`There is a key for '${name}' already. Remove it first, or choose another name.`);
  }
  const key = newApiKey();
  const entry = { name, sha256: digestOfKey(key), createdAt: new Date().toISOString() };
  await writeKeyFile(path, [...entries, entry]);
  process.stderr.write(`The key of ${name}, which is shown this once; its digest is in ${path}:\n`);
  process.stdout.write(`${key}\n`);
}

/** The first key makes the file. */
function noneYet(error: unknown): KeyEntry[] {
  if (error instanceof KeyFileError && error.absent) return [];
  throw error;
}

async function listKeys(path: string, json: boolean): Promise<void> {
  const entries = await readKeyFile(path);
  const shown = entries.map(({ name, createdAt }) => ({ name, createdAt }));
  if (json) {
    process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return;
  }
  const table = new Table({ head: ['name', 'made'], style: { head: [], border: [] } });
  for (const { name, createdAt } of shown) table.push([name, createdAt]);
  process.stdout.write(shown.length === 0 ? 'There is no key.\n' : `${table.toString()}\n`);
}

async function removeKey(path: string, name: string): Promise<void> {
  const entries = await readKeyFile(path);
  const left = entries.filter((entry) => entry.name !== name);
  if (left.length === entries.length) {
    const names = entries.map((entry) => entry.name).join(', ') || 'none';
    throw new UsageError(`There is no key for '${name}'. There are: ${names}.`);
  }
  await writeKeyFile(path, left);
  process.stderr.write(`The key of ${name} is withdrawn.\n`);
}
