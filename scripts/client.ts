/**
 * Writes src/client/operations.ts, the types and documents of schema/operations, from the schema as it is emitted;
 * or with --check tells whether it is up to date.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { codegen } from '@graphql-codegen/core';
import * as typesPlugin from '@graphql-codegen/typescript-operations';
import { buildSchema, Kind, parse, print, type DocumentNode } from 'graphql';
import { format, resolveConfig } from 'prettier';

const FILE = new URL('../src/client/operations.ts', import.meta.url);
const OPERATIONS = new URL('../schema/operations/', import.meta.url);
const HEADER = '// Made by `npm run fix:client` from schema/. Do not edit.\n\n';

const sdl = await readFile(new URL('../schema/schema.graphql', import.meta.url), 'utf8');
const names = (await readdir(OPERATIONS)).filter((name) => name.endsWith('.graphql')).sort();
const documents = await Promise.all(
  names.map(async (location) => ({
    location,
    document: parse(await readFile(new URL(location, OPERATIONS), 'utf8')),
  })),
);

const types = await codegen({
  filename: FILE.pathname,
  schema: parse(sdl),
  schemaAst: buildSchema(sdl),
  documents,
  config: {
    useTypeImports: true,
    immutableTypes: true,
    skipTypename: true,
    strictScalars: true,
    // Ids of this service are strings; a picture is sent as what browsers and Node call a file.
    scalars: {
      ID: { input: 'string', output: 'string' },
      URL: 'string',
      DateTime: 'string',
      Upload: 'Blob',
    },
  },
  plugins: [{ types: {} }],
  pluginMap: { types: typesPlugin },
});
const text = [
  HEADER,
  "import type { TypedDocumentString } from './typed-document-string.js';\n\n",
  types,
  ...documents.map(({ document }) => typedText(document)),
].join('');
const formatted = await format(text, {
  ...(await resolveConfig(FILE.pathname)),
  parser: 'typescript',
});

if (!process.argv.includes('--check')) {
  await writeFile(FILE, formatted);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== formatted) {
  console.error('src/client/operations.ts is not what schema/ makes. Run: npm run fix:client');
  process.exitCode = 1;
}

/** The text of a file under the name of its one operation; the fragments of that file are part of it. */
function typedText(document: DocumentNode): string {
  const [operation, second] = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation?.name || second) throw new Error('Expected one operation with a name in each file');
  const name = operation.name.value;
  const type = `${name}${operation.operation[0]?.toUpperCase() ?? ''}${operation.operation.slice(1)}`;
  // JSON would escape each line break, and nobody could read the diff.
  const quoted = print(document).replace(/[\\`]|\$(?={)/g, String.raw`\$&`);
  return `\n\nexport const ${name}Document: TypedDocumentString<${type}, ${type}Variables> = \`${quoted}\`;`;
}
