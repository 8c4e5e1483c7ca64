/** What the compiler holds the senders of our operations to, and what it cannot see of their texts. */
import { readdir, readFile } from 'node:fs/promises';
import type { Client } from '@urql/core';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as operations from '../../src/client/operations.js';
import type { JobQuery, JobQueryVariables, JobUpdatedSubscription } from '../../src/client/operations.js';

/** Never called: `tsc` reads these, and an error that it does not find is one. */
const _typed = {
  query: (client: Client) => client.query(operations.JobDocument, { id: 'a', preview: false }),
  subscription: (client: Client) => client.subscription(operations.JobUpdatedDocument, { id: 'a' }),
  wrong: (client: Client) => [
    // @ts-expect-error -- an id is text
    client.query(operations.JobDocument, { id: 1 }),
    // @ts-expect-error -- it says of which job
    client.query(operations.JobDocument, {}),
    // @ts-expect-error -- the format is one of the schema's
    client.query(operations.EstimateJobDocument, { width: 1, height: 1, format: 'GIF' }),
  ],
};

test('an operation is sent with its variables, and answered with its result', () => {
  type Answer = Awaited<ReturnType<(typeof _typed)['query']>>;
  expectTypeOf<NonNullable<Answer['data']>>().toEqualTypeOf<JobQuery>();
  expectTypeOf<JobQueryVariables['id']>().toEqualTypeOf<string>();
  type News = Awaited<ReturnType<(typeof _typed)['subscription']>>;
  expectTypeOf<NonNullable<News['data']>>().toEqualTypeOf<JobUpdatedSubscription>();
  expectTypeOf<Parameters<(typeof _typed)['wrong']>>().toEqualTypeOf<[Client]>();
});

describe('the text of', async () => {
  const schema = buildSchema(await readFile('schema/schema.graphql', 'utf8'));
  const files = await readdir('schema/operations');
  const texts = Object.entries(operations).filter(([name]) => name.endsWith('Document'));

  test.each(texts)('%s is one valid operation of that name', (name, text) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    const found = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    expect(found).toMatchObject([{ name: { value: name.replace(/Document$/, '') } }]);
  });

  test('every operation is there', () => {
    expect(texts).toHaveLength(files.filter((name) => name.endsWith('.graphql')).length);
  });
});
