import { readFile } from 'node:fs/promises';
import { findBreakingChanges, isEnumType, printSchema, type GraphQLSchema } from 'graphql';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { ERROR_CODES } from '../../src/errors.js';
import { buildSchema } from '../../src/graphql/schema.js';
import { readContract } from '../kit/contract.js';

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await buildSchema();
});

test('the schema that is kept is the one that the code makes', async () => {
  const kept = await readFile('schema/schema.graphql', 'utf8');
  expect(kept.replace(/^(#.*)?\n/gm, '').trim()).toBe(printSchema(schema).replace(/^\n/gm, '').trim());
});

test('an image is given in exactly one way', () => {
  expect(printSchema(schema)).toContain('input ImageInput @oneOf {');
});

describe.skipIf(inject('shared') === null)('the contract', () => {
  let contract: GraphQLSchema;

  beforeAll(() => {
    contract = readContract(inject('shared') ?? '');
  });

  test('is kept: no client of it would notice a change', () => {
    expect(findBreakingChanges(contract, schema)).toEqual([]);
  });

  test('has the same members in every enum', () => {
    for (const type of Object.values(contract.getTypeMap()).filter(isEnumType)) {
      const ours = schema.getType(type.name);
      const names = isEnumType(ours) ? ours.getValues().map(({ name }) => name) : [];
      if (!type.name.startsWith('__')) expect(names).toEqual(type.getValues().map(({ name }) => name));
    }
  });
});

test('every code that an error can have is a word of its own', () => {
  expect(ERROR_CODES.filter((code) => !/^[A-Z]+(_[A-Z]+)*$/.test(code))).toEqual([]);
});
