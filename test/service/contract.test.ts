/** The schema that is committed: what the code makes, and all that clients were promised. */
import { readFileSync } from 'node:fs';
import {
  buildSchema as schemaOf,
  findBreakingChanges,
  findDangerousChanges,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { describe, expect, inject, it } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.js';
import { PROMISED_ARGUMENTS, readContract } from '../kit/contract.js';
import { operation, operationNames } from '../kit/service-operations.js';

const shared = inject('shared') ?? '';
const emitted = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');

describe('schema/schema.graphql', () => {
  it('is what the code makes', async () => {
    expect(emitted.replace(/^#.*\n+/, '').trim()).toBe(printSchema(await buildSchema()));
  });

  it.each(operationNames())('has everything that the example operation %s asks for', (name) => {
    expect(validate(schemaOf(emitted), parse(operation(name)))).toEqual([]);
  });

  describe.skipIf(shared === '')('beside the contract', () => {
    const contract = () => readContract(shared);

    it('breaks nothing that was promised', () => {
      expect(findBreakingChanges(contract(), schemaOf(emitted))).toEqual([]);
    });

    it('changes nothing in a way that may surprise', () => {
      const changes = findDangerousChanges(contract(), schemaOf(emitted));
      expect(changes.map(({ description }) => description).sort()).toEqual(PROMISED_ARGUMENTS);
    });

    it('has the image input given in exactly one way', () => {
      const input = schemaOf(emitted).getType('ImageInput');
      expect(input).toMatchObject({ isOneOf: true });
    });
  });
});
