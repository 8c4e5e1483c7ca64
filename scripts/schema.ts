/** Writes schema/schema.graphql from the code, or with --check tells whether it is up to date. */
import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { printSchema } from 'graphql';
import { buildSchema } from '../src/graphql/schema.js';

const FILE = new URL('../schema/schema.graphql', import.meta.url);
const HEADER = '# Made by `npm run fix:schema` from src/graphql. Do not edit.\n\n';

const emitted = `${HEADER}${printSchema(await buildSchema())}\n`;
if (!process.argv.includes('--check')) {
  await writeFile(FILE, emitted);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== emitted) {
  console.error('schema/schema.graphql is not what the code makes. Run: npm run fix:schema');
  process.exitCode = 1;
}
