import {
  buildSchema as readSchema,
  getIntrospectionQuery,
  graphql,
  Kind,
  parse,
  type GraphQLSchema,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerBytes } from '../../src/graphql/answer-size.js';
import { buildSchema } from '../../src/graphql/schema.js';

const BOUNDS = { models: 10, labelBytes: 30_000 };
let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await buildSchema();
});

function bytes(query: string, variables: Record<string, unknown> = {}, of = schema): number {
  const document = parse(query);
  const [operation, ...others] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Expected an operation at first');
  const root = of.getRootType(operation.operation);
  if (!root) throw new Error('Expected a type for it');
  const fragments = new Map(
    others.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  return answerBytes({ schema: of, fragments, variables, bounds: BOUNDS }, root, operation.selectionSet);
}

const $ = '($image: ImageInput!)';
const detect = (args: string) =>
  `mutation ${$} { detectObjects(image: $image ${args}) { objects { label } } }`;
const classify = (args: string) => `mutation ${$} { classify(image: $image ${args}) { labels { name } } }`;
const jobs = (args: string) => `{ jobs${args} { edges { cursor } } }`;

describe('a list counts with all that may come', () => {
  test.each<[what: string, short: string, long: string, times: number]>([
    ['objects', detect(', maxObjects: 1'), detect(', maxObjects: 1000'), 1000],
    ['objects, where nothing is said', detect(', maxObjects: 1'), detect(''), 100],
    ['labels of an image', classify(', topK: 1'), classify(', topK: 1000'), 1000],
    ['labels of an image, where nothing is said', classify(', topK: 1'), classify(''), 5],
    ['jobs', jobs('(first: 1)'), jobs('(first: 100)'), 100],
    ['jobs, where nothing is said', jobs('(first: 1)'), jobs(''), 20],
    ['jobs, where null is said', jobs('(first: 1)'), jobs('(first: null)'), 20],
    ['jobs, out of range', jobs('(first: 1)'), jobs('(first: 2147483647)'), 100],
    ['jobs, below zero', jobs('(first: 1)'), jobs('(first: -2147483648)'), 1],
  ])('%s', (_what, short, long, times) => {
    const image = { base64: '' };
    const frame = 60;
    expect(bytes(long, { image })).toBeLessThanOrEqual(bytes(short, { image }) * times);
    expect(bytes(long, { image })).toBeGreaterThanOrEqual((bytes(short, { image }) - frame) * times);
  });

  test('by a variable or its default', () => {
    const query = 'query ($first: Int = 100) { jobs(first: $first) { edges { cursor } } }';
    expect(bytes(query, { first: 100 })).toBe(bytes(query.replace('$first)', '100)'), { first: 1 }));
  });

  test('models, and the labels of each', () => {
    expect(bytes('{ models { labels } }')).toBeGreaterThan(10 * 30_000);
    expect(bytes('{ model(id: "x") { labels } }')).toBeLessThan(31_000);
  });

  test('in each alias and fragment again', () => {
    const once = bytes('{ models { labels } }');
    expect(bytes('{ a: models { ...L ...L } } fragment L on Model { labels more: labels }')).toBeGreaterThan(
      3.9 * once,
    );
  });

  test('but not where it is skipped', () => {
    const query = 'query ($all: Boolean!) { models { id labels @include(if: $all) } }';
    expect(bytes(query, { all: false })).toBeLessThan(1000);
    expect(bytes(query, { all: true })).toBeGreaterThan(300_000);
  });
});

describe('introspection', () => {
  const actual = async (query: string) =>
    JSON.stringify((await graphql({ schema, source: query })).data).length;

  test.each([
    ['what tools ask', getIntrospectionQuery()],
    ['every field’s type', '{ __schema { types { fields { name description type { name } } } } }'],
    ['fields of types of fields', '{ __schema { types { fields { type { fields { name } } } } } }'],
    ['one type', '{ __type(name: "Model") { fields { name description args { name } } } }'],
  ])('counts as about what it has: %s', async (_what, query) => {
    const size = await actual(query);
    expect(bytes(query)).toBeGreaterThan(size / 3);
  });

  test('that tools send is small', () => {
    expect(bytes(getIntrospectionQuery())).toBeLessThan(1_000_000);
  });
});

test('a leaf in a list of lists of another schema counts as a leaf', () => {
  const other = readSchema('type Query { rows: [[Row!]!]! } type Row { cell: Int }');
  expect(bytes('{ rows { cell } }', {}, other)).toBeGreaterThan(40);
});
