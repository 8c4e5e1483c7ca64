/** Names of the client's own choice that every JavaScript object has already: each is as good as any other. */
import { readFile } from 'node:fs/promises';
import { Kind, parse, print, visit, type FieldNode, type SelectionSetNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { connect } from '../../src/client/connection.js';
import { GraphqlClient } from '../kit/graphql-client.js';
import { operation, operationNames } from '../kit/service-operations.js';
import { completed, submit } from '../kit/service-jobs.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { WAYS } from './refusal.js';

const NAMES = [
  ...['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'],
  ...[
    '__defineGetter__',
    '__lookupSetter__',
    'toLocaleString',
    'propertyIsEnumerable',
    'toJSON',
    'then',
    'length',
  ],
];

let service: TestService;
let client: GraphqlClient;
let image: { base64: string };
let id: string;

beforeAll(async () => {
  service = await startService();
  client = new GraphqlClient(service.url);
  image = inBase64(await readFile('images/road/street.jpg'));
  id = (await submit(client, { image: await picture({ width: 40, height: 30 }) })).id;
  await completed(client, id);
});
afterAll(() => service.stop());

const isField = (node: SelectionSetNode['selections'][number]): node is FieldNode => node.kind === Kind.FIELD;

/** The operation with as many of the names as there are fields in every selection, beginning elsewhere each time. */
function renamed(text: string, shift: number): string {
  return print(
    visit(parse(text), {
      SelectionSet: (set) => ({
        ...set,
        selections: set.selections.map((node, index) => {
          const value = NAMES[(index + shift) % NAMES.length];
          const isSpare = index >= NAMES.length || value === undefined;
          return isSpare || !isField(node) ? node : { ...node, alias: { kind: Kind.NAME, value } };
        }),
      }),
    }),
  );
}

/** Expects of data that its members are the ones that are selected, as members of its own and in that order. */
function expectSelected(data: unknown, set: SelectionSetNode): void {
  if (data === null) return;
  if (Array.isArray(data)) {
    for (const item of data) expectSelected(item, set);
    return;
  }
  const fields = set.selections.filter(isField);
  expect(Object.keys(data as object)).toEqual(fields.map((field) => (field.alias ?? field.name).value));
  for (const [index, [, value]] of Object.entries(data as object).entries()) {
    const below = fields[index]?.selectionSet;
    if (below) expectSelected(value, below);
  }
}

/** What fills an example operation's variables; jobs that end are another matter. */
const variablesOf = (text: string): Record<string, unknown> => ({
  // Everything that an example can leave out is asked for.
  ...Object.fromEntries(
    [...text.matchAll(/\$(\w+): Boolean/g)].map(([, name = '']) => [name, true] as const),
  ),
  ...(text.includes('$image') && { image }),
  ...(text.includes('$width') && { width: 48, height: 27 }),
  ...(text.includes('$id') && { id: /model\(|prepareModel\(/.test(text) ? 'builtin-detector' : id }),
});

/** A job can be canceled, retried and deleted once. */
const ONCE = ['cancel-job', 'retry-job', 'delete-job'];
const EXAMPLES = operationNames().filter(
  (name) => !ONCE.includes(name) && !operation(name).includes('subscription '),
);

describe.each(EXAMPLES)('the operation %s', (name) => {
  it('answers under every name', async () => {
    const text = operation(name);
    for (const shift of NAMES.keys()) {
      const query = renamed(text, shift);
      const { data, errors } = await client.post(query, variablesOf(text));
      expect(errors, query).toEqual([]);
      const [definition] = parse(query).definitions;
      if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Expected an operation');
      expectSelected(data, definition.selectionSet);
    }
  });
});

describe.each(WAYS)('over $way', ({ send }) => {
  it.each(NAMES)('%s may be the name of the operation, a variable, a fragment and an alias', async (name) => {
    const query = `mutation ${name}($${name}: ImageInput!) { ${name}: analyze(image: $${name}) { ...${name} } }
      fragment ${name} on Analysis {
        ${name}: detection(minScore: 0.3) {
          ${name}: objects { ${name}: crop(format: PNG) { mediaType } other: crop(format: WEBP) { mediaType } }
        }
        other: detection(minScore: 0.3) { ${name}: annotated(format: PNG) { mediaType } }
        road { ${name}: mask(format: WEBP) { mediaType } }
      }`;
    const variables = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(image)}}`) as object;
    const { data, errors } = await send(client, query, variables);
    expect(errors).toEqual([]);
    const answer = new Map(Object.entries((data as object | null) ?? {})).get(name) as object;
    const member = (of: unknown, key: string) => new Map(Object.entries(of as object)).get(key) as unknown;
    const [first] = member(member(answer, name), name) as unknown[];
    expect([member(first, name), member(first, 'other')]).toEqual([
      { mediaType: 'image/png' },
      { mediaType: 'image/webp' },
    ]);
    expect(member(member(answer, 'other'), name)).toEqual({ mediaType: 'image/png' });
    expect(member(member(answer, 'road'), name)).toEqual({ mediaType: 'image/webp' });
  });
});

const crops = z.array(z.object({ x: z.object({ mediaType: z.string() }) }));
const classes = z.array(z.object({ x: z.object({ labels: z.array(z.unknown()) }) }));
const listsOf = z.object({ detectObjects: z.object({ a: crops, b: crops, c: classes }) });

it('a list that is selected twice makes what each of them asks for', async () => {
  const query = `mutation ($image: ImageInput!) { detectObjects(image: $image, minScore: 0.3) {
    a: objects { x: crop(format: PNG) { mediaType } }
    b: objects { x: crop(format: WEBP) { mediaType } }
    c: objects { x: classification(topK: 1) { labels { name } } }
  } }`;
  const { data, errors } = await client.post(query, { image });
  expect(errors).toEqual([]);
  const { a, b, c } = listsOf.parse(data).detectObjects;
  expect(a.length).toBeGreaterThan(0);
  expect(new Set(a.map(({ x }) => x.mediaType))).toEqual(new Set(['image/png']));
  expect(new Set(b.map(({ x }) => x.mediaType))).toEqual(new Set(['image/webp']));
  expect(new Set(c.map(({ x }) => x.labels.length))).toEqual(new Set([1]));
});

it('the client of this package hands such names on', async () => {
  const connection = connect({ url: client.address, webSocket: WebSocket });
  const query = `{ __proto__: models(task: CLASSIFY) { __proto__: id } }`;
  const { data, error } = await connection.client.query<unknown>(query, {});
  await connection.close();
  expect(error).toBeUndefined();
  const [models] = Object.values(data as object) as object[][];
  expect(models?.map((model) => Object.entries(model))).toContainEqual([['__proto__', 'builtin-classifier']]);
});
