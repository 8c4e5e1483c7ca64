import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../schema/operations/', import.meta.url);
const asked = new Set<string>();

/** The names of the example operations: their files without the extension. */
export function operationNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => file.replace(/\.graphql$/, ''))
    .sort();
}

/** The text of an example operation, which is taken to be executed. */
export function operation(name: string): string {
  asked.add(name);
  return readFileSync(new URL(`${name}.graphql`, FOLDER), 'utf8');
}

/** The operations that this test file has taken so far. */
export function operationsTaken(): string[] {
  return [...asked].sort();
}
