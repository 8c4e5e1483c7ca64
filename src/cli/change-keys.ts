import { digestOfKey, newApiKey } from '../auth/api-key.js';
import { changeKeyFile, readKeyFile } from '../auth/key-file.js';
import { readConfig } from '../config.js';
import { tableOf } from './table.js';
import { print, printableJson, printWhole, say } from './terminal.js';
import { UsageError } from './usage-error.js';

/** The key file that a command is about. @throws UsageError, ConfigError */
export function keyFile(file: string | undefined): string {
  const path = file ?? readConfig('tool').keysFile;
  if (path !== undefined) return path;
  throw new UsageError(
    'Expected a key file: give --file <path>, or set API_KEYS_FILE as the service has it.',
  );
}

/** Makes a key and prints it: nothing but the key goes to standard output. @throws UsageError, KeyFileError */
export async function addKey(path: string, name: string, admin: boolean): Promise<void> {
  const key = newApiKey();
  const entry = {
    name,
    sha256: digestOfKey(key),
    createdAt: new Date().toISOString(),
    ...(admin && { admin }),
  };
  await changeKeyFile(path, (entries) => {
    if (entries.some((known) => known.name === name)) {
      throw new UsageError(`There is a key for '${name}' already. Remove it first, or choose another name.`);
    }
    return [...entries, entry];
  });
  say(`The key of ${name}, which is shown this once; its digest is in ${path}:`);
  print(key);
}

/** @throws KeyFileError */
export async function listKeys(path: string, json: boolean): Promise<void> {
  const entries = await readKeyFile(path);
  const shown = entries.map(({ name, createdAt, admin = false }) => ({ name, createdAt, admin }));
  if (json) {
    printWhole(printableJson(shown));
    return;
  }
  const rows = shown.map(({ name, createdAt, admin }) => [name, createdAt, admin ? 'yes' : 'no']);
  printWhole(shown.length === 0 ? 'There is no key.' : tableOf(['name', 'made', 'administrator'], rows));
}

/** @throws UsageError, KeyFileError */
export async function removeKey(path: string, name: string): Promise<void> {
  // A file that is not there is told as that.
  await readKeyFile(path);
  await changeKeyFile(path, (entries) => {
    const left = entries.filter((entry) => entry.name !== name);
    if (left.length < entries.length) return left;
    const names = entries.map((entry) => entry.name).join(', ') || 'none';
    throw new UsageError(`There is no key for '${name}'. There are: ${names}.`);
  });
  say(`The key of ${name} is withdrawn.`);
}
