import {
  buildSchema as readSchema,
  getIntrospectionQuery,
  parse,
  validate,
  type GraphQLSchema,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { MAX_DEPTH, MAX_FIELDS, MAX_ROOT_FIELDS } from '../../src/graphql/costs.js';
import { admit, type Operation } from '../../src/graphql/admission.js';
import { buildSchema } from '../../src/graphql/schema.js';

let schema: GraphQLSchema;

/** A catalog with ImageNet's thousand labels, in whole. */
const BOUNDS = { models: 10, labelBytes: 30_000 };

beforeAll(async () => {
  schema = await buildSchema();
});

/** What is said of an operation that is valid; undefined when it may run. */
function verdict(query: string, more: Omit<Operation, 'document'> = {}, of = schema): CodedError | undefined {
  const document = parse(query);
  expect(validate(of, document)).toEqual([]);
  const [refusal, ...others] = admit(of, { document, ...more }, BOUNDS).refusals;
  if (!refusal) return undefined;
  expect(others).toEqual([]);
  const { originalError } = refusal;
  if (originalError instanceof CodedError && originalError.code === 'QUERY_TOO_COSTLY') return originalError;
  throw refusal;
}

function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(' ');
}

const LOOKUP = (index: number) => `a${index}: job(id: "${index}") { id }`;

describe('what a client would ask', () => {
  test.each([
    ['the models', '{ models { id status unavailableReason labels } }'],
    [
      'a page of jobs',
      '{ jobs(first: 100) { edges { cursor node { id status error { code } } } totalCount } }',
    ],
    [
      'a result with everything in it',
      `mutation ($image: ImageInput!) { detectObjects(image: $image) { model { id } timing { total }
        objects { score label crop { url } classification { labels { score } } } annotated { url } } }`,
    ],
    ['the introspection that tools send', getIntrospectionQuery()],
    [
      'the introspection that tools send for all that there is',
      getIntrospectionQuery({
        inputValueDeprecation: true,
        oneOf: true,
        specifiedByUrl: true,
        schemaDescription: true,
      }),
    ],
  ])('is allowed: %s', (_what, query) => {
    expect(verdict(query, { variables: { image: { base64: '' } } })).toBeUndefined();
  });
});

describe('fields at the root', () => {
  test(`may be ${MAX_ROOT_FIELDS}`, () => {
    expect(verdict(`{ ${times(MAX_ROOT_FIELDS, LOOKUP)} }`)).toBeUndefined();
  });

  test('may not be more, whatever they are called', () => {
    const { message } = verdict(`{ ${times(MAX_ROOT_FIELDS + 1, LOOKUP)} }`) ?? {};
    expect(message).toBe(
      'The operation has 11 fields at its root, and at most 10 are allowed. Send several operations instead.',
    );
  });

  test('count inside of fragments', () => {
    const query = `{ ...six ... on Query { ${times(5, LOOKUP)} } } fragment six on Query { ${times(6, (i) => LOOKUP(i + 5))} }`;
    expect(verdict(query)?.message).toContain('11 fields at its root');
  });

  test('count in the operation that is meant, not in its neighbours', () => {
    const query = `query small { models { id } } query large { ${times(11, LOOKUP)} }`;
    expect(verdict(query, { operationName: 'small' })).toBeUndefined();
    expect(verdict(query, { operationName: 'large' })).toBeDefined();
  });
});

describe('depth', () => {
  const endless = readSchema('type Query { node: Node } type Node { node: Node id: ID }');
  const nested = (levels: number) => `{ ${'node { '.repeat(levels - 1)}id${' }'.repeat(levels - 1)} }`;

  test(`may be ${MAX_DEPTH}`, () => {
    expect(verdict(nested(MAX_DEPTH), {}, endless)).toBeUndefined();
  });

  test('may not be more', () => {
    expect(verdict(nested(MAX_DEPTH + 1), {}, endless)?.message).toBe(
      'The operation is 13 levels deep, and at most 12 are allowed.',
    );
  });

  test('counts inside of fragments', () => {
    const query = `{ node { ...deep } } fragment deep on Node ${nested(MAX_DEPTH)}`;
    expect(verdict(query, {}, endless)?.message).toContain('13 levels deep');
  });

  test('of introspection computes nothing and is not limited', () => {
    const levels = MAX_DEPTH + 3;
    const query = `{ __schema { types ${'{ ofType '.repeat(levels)}{ name }${' }'.repeat(levels)} } }`;
    expect(verdict(query)).toBeUndefined();
  });

  test('of the deepest answer that there is stays below the limit', () => {
    const query = '{ jobs { edges { node { preview { url } result { url } model { source } } } } }';
    expect(verdict(query)).toBeUndefined();
  });
});

describe('cost', () => {
  test('of as many runs of a model as there may be fields is below the limit', () => {
    const run = (index: number) => `a${index}: classify(image: $image) { labels { score } }`;
    const query = `mutation ($image: ImageInput!) { ${times(MAX_ROOT_FIELDS, run)} }`;
    expect(verdict(query, { variables: { image: { base64: '' } } })).toBeUndefined();
  });

  test('of six pictures of each object is above it', () => {
    const query = `mutation ($image: ImageInput!) { detectObjects(image: $image) {
      objects { ${times(6, (i) => `c${i}: crop(format: PNG) { url }`)} } } }`;
    const error = verdict(query, { variables: { image: { base64: '' } } });
    expect(error?.message).toMatch(
      /^The operation costs \d+ points, and at most 1000 are allowed\. Select less/,
    );
  });

  test('grows with the length of a list that is asked for', () => {
    const query = 'query ($first: Int) { jobs(first: $first) { edges { node { preview { url } } } } }';
    expect(verdict(query, { variables: { first: 5 } })).toBeUndefined();
    expect(verdict(query, { variables: { first: 100 } })).toBeDefined();
  });

  test('is not paid for what is skipped', () => {
    const query = `query ($all: Boolean!) { jobs(first: 100) { edges { node { id preview @include(if: $all) { url } } } } }`;
    expect(verdict(query, { variables: { all: false } })).toBeUndefined();
    expect(verdict(query, { variables: { all: true } })).toBeDefined();
  });

  test('is the same of a subscription', () => {
    const query = `subscription { jobUpdated(id: "1") { status ${times(30, (i) => `p${i}: preview { url }`)} } }`;
    expect(verdict(query)?.message).toMatch(/points/);
  });
});

describe('fragments', () => {
  /** Each of them brings in the next one twice. */
  const doubling = (levels: number, on: string, leaf: string) =>
    times(levels, (i) => `fragment f${i} on ${on} { ...f${i + 1} ...f${i + 1} }`) +
    ` fragment f${levels} on ${on} { ${leaf} }`;

  test('that multiply each other are refused before anything is counted out', () => {
    const start = performance.now();
    const error = verdict(`{ models { ...f0 } } ${doubling(60, 'Model', 'id')}`);
    expect(error?.message).toMatch(new RegExp(`selects .* fields, and at most ${MAX_FIELDS} are allowed`));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('that multiply each other are refused in introspection too', () => {
    const error = verdict(`{ __schema { types { ...f0 } } } ${doubling(60, '__Type', 'name')}`);
    expect(error?.message).toContain('fields, and at most');
  });

  test('that are used twice are counted twice', () => {
    const query = `{ ...five other: job(id: "x") { id } ...more } fragment five on Query { ${times(5, LOOKUP)} }
      fragment more on Query { ${times(5, (i) => LOOKUP(i + 5))} }`;
    expect(verdict(query)?.message).toContain('11 fields at its root');
  });
});

test('an operation that is not there is left to those who look for it', () => {
  expect(
    verdict('query a { models { id } } query b { models { id } }', { operationName: 'c' }),
  ).toBeUndefined();
});

describe('a job', () => {
  const jobs = (count: number) =>
    verdict(
      `mutation ($image: ImageInput!) { ${times(count, (index) => `a${index}: superResolve(image: $image) { id }`)} }`,
      { variables: { image: { url: 'https://example.test/a.png' } } },
    );

  test('costs 100 of its own, so that nine fit into an operation and ten do not', () => {
    expect(jobs(9)).toBeUndefined();
    expect(jobs(10)?.message).toContain('1010');
  });
});
