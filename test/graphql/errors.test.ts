import { buildSchema, graphql, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { CodedError, ERROR_CODES } from '../../src/errors.js';
import { publicError } from '../../src/graphql/errors.js';

const schema = buildSchema(`
  input Place { x: Int! }
  type Query { job(id: ID!, place: Place): Int, jobs: [Int] }
`);

interface Shown extends GraphQLFormattedError {
  readonly code: unknown;
  /** What the operator was told, with where it happened. */
  readonly reported: readonly (readonly [unknown, unknown])[];
}

function show(error: unknown): Shown {
  const reported: (readonly [unknown, unknown])[] = [];
  const formatted = publicError(error, (defect, path) => void reported.push([defect, path]));
  return { ...formatted, code: formatted.extensions?.['code'], reported };
}

/** What a client sees of the error that an operation ends in. */
async function shown(
  source: string,
  job: () => unknown = () => 1,
  variableValues: Record<string, unknown> = {},
): Promise<Shown> {
  const { errors } = await graphql({ schema, source, variableValues, rootValue: { job, jobs: job } });
  expect(errors).toHaveLength(1);
  return show(errors?.[0]);
}

function failing(error: unknown): () => never {
  return () => {
    throw error;
  };
}

const JOB = '{ job(id: "x") }';

describe('a coded error', () => {
  test.each(ERROR_CODES)('keeps its code and words: %s', async (code) => {
    const {
      message,
      code: shownCode,
      reported,
    } = await shown(JOB, failing(new CodedError(code, 'Do this.')));
    expect([message, shownCode, reported]).toEqual(['Do this.', code, []]);
  });

  test('keeps its facts, and the place in the query', async () => {
    const facts = { retryAfterMs: 300, width: 7 };
    const error = await shown(JOB, failing(new CodedError('OVERLOADED', 'Later.', { facts })));
    expect(error.extensions).toEqual({ code: 'OVERLOADED', ...facts });
    expect(error).toMatchObject({ path: ['job'], locations: [{ line: 1, column: 3 }] });
  });

  test('keeps its cause to itself', async () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.7');
    const error = await shown(JOB, failing(new CodedError('QUEUE_UNAVAILABLE', 'Later.', { cause })));
    expect(JSON.stringify(error)).not.toContain('10.0.0.7');
  });

  test('is the same when it is thrown outside of any field', () => {
    expect(show(new CodedError('QUERY_TOO_COSTLY', 'Too much.'))).toMatchObject({
      message: 'Too much.',
      code: 'QUERY_TOO_COSTLY',
    });
  });
});

describe('a defect', () => {
  test('is masked, and reported with its place', async () => {
    const defect = new TypeError('secret is not a function');
    const error = await shown(JOB, failing(defect));
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', path: ['job'] });
    expect(error.message).toMatch(/^Something went wrong in the service/);
    expect(error.reported).toEqual([[defect, ['job']]]);
  });

  test('shows no stack and nothing of its own', async () => {
    const defect = Object.assign(new Error('secret'), { host: '10.0.0.7' });
    const { reported: _, ...error } = await shown(JOB, failing(defect));
    expect(JSON.stringify(error)).not.toMatch(/secret|10\.0\.0\.7|stack|\.ts/);
  });

  test('is masked when it is no error at all', async () => {
    const error = await shown(JOB, failing('a word'));
    expect([error.code, error.reported.length]).toEqual(['INTERNAL_SERVER_ERROR', 1]);
    expect(error.message).not.toContain('a word');
  });

  test('is masked when a resolver’s value does not fit the schema', async () => {
    const error = await shown(JOB, () => 'not a number');
    expect([error.code, error.reported.length]).toEqual(['INTERNAL_SERVER_ERROR', 1]);
  });

  test('is masked when a resolver’s list is none', async () => {
    expect(await shown('{ jobs }', () => 7)).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  });

  test('is masked and reported when it happens outside of any field', () => {
    const error = show(new RangeError('Maximum call stack size exceeded'));
    expect([error.code, error.reported.length]).toEqual(['INTERNAL_SERVER_ERROR', 1]);
  });
});

describe('time', () => {
  test('that is up is told as such', async () => {
    const timeout = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    const error = await shown(JOB, failing(timeout));
    expect(error).toMatchObject({ code: 'TIMEOUT', reported: [] });
    expect(error.message).toMatch(/took longer than is allowed/);
  });

  test('that nobody waits for any more is no defect', async () => {
    const controller = new AbortController();
    controller.abort();
    const error = await shown(JOB, failing(controller.signal.reason));
    expect(error).toMatchObject({ code: 'TIMEOUT', message: 'The request was given up.', reported: [] });
  });
});

describe('a fault of the query is told in graphql’s own words', () => {
  test.each<[fault: string, query: string, words: string, variables?: Record<string, unknown>]>([
    ['a syntax error', '{ job(', 'Syntax Error'],
    ['an unknown field', '{ jab }', 'Cannot query field "jab"'],
    ['a missing argument', '{ job }', 'argument "id" of type "ID!" is required'],
    ['a literal of the wrong type', '{ job(id: "x", place: { x: "far" }) }', 'Int cannot represent'],
    ['a missing variable', 'query ($id: ID!) { job(id: $id) }', 'Variable "$id" of required type "ID!"'],
    [
      'a variable of the wrong type',
      'query ($id: ID!) { job(id: $id) }',
      'Variable "$id" got invalid value',
      { id: { a: 1 } },
    ],
    [
      'a member of a variable of the wrong type',
      'query ($place: Place) { job(id: "x", place: $place) }',
      'Int cannot represent',
      { place: { x: 'far' } },
    ],
    [
      'a null that a default does not replace',
      'query ($id: ID = "x") { job(id: $id) }',
      'non-null type "ID!" must not be null',
      { id: null },
    ],
  ])('%s', async (_fault, query, words, variables) => {
    const { code, message, reported } = await shown(query, () => 1, variables);
    expect([code, reported]).toEqual(['BAD_USER_INPUT', []]);
    expect(message).toContain(words);
  });

  test('under the code that Apollo has given it', () => {
    const error = new GraphQLError('Unknown operation named "x".', {
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
    });
    expect(show(error)).toMatchObject({ code: 'OPERATION_RESOLUTION_FAILURE', reported: [] });
  });

  test('under BAD_USER_INPUT where its code is none that is public', () => {
    const error = new GraphQLError('No.', { extensions: { code: 'SOMETHING_ELSE' }, path: ['job'] });
    expect(show(error)).toMatchObject({ code: 'BAD_USER_INPUT', reported: [] });
  });

  test.each<[what: string, query: string, variables?: Record<string, unknown>]>([
    ['a word', `{ job(id: ${'x'.repeat(1_000_000)}) }`],
    ['a text', `{ job(id: "x", place: "${'x y '.repeat(300_000)}") }`],
    ['a text with quotes', `{ job(id: "x", place: "${'\\"x'.repeat(300_000)}") }`],
    ['a number', `{ job(id: "x", place: { x: ${'1'.repeat(1_000_000)} }) }`],
    ['a list', `{ job(id: "x", place: [${'1 '.repeat(900)}]) }`],
    ['a name', `{ ${'job'.repeat(300_000)} }`],
    ['a syntax error', `{ job(id: "x") } ${'x'.repeat(1_000_000)}`],
    ['a variable', 'query ($id: ID!) { job(id: $id) }', { id: { a: 'x'.repeat(1_000_000) } }],
  ])('with what it quotes made short: %s', async (_what, query, variables) => {
    const { message, code } = await shown(query, () => 1, variables);
    expect(code).toBe('BAD_USER_INPUT');
    expect(message.length).toBeLessThan(700);
    expect(message).toContain('…');
  });
});
