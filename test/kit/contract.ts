import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, extendSchema, parse, type GraphQLSchema } from 'graphql';

/** What has been promised to clients after the contract's first version, and is built. */
const EXTENSIONS = ['next/real-use.graphql', 'next/face.graphql', 'next/house.graphql'];

/** Arguments that have been promised for fields that were there: a schema cannot be extended by those. */
export const PROMISED_ARGUMENTS = [
  'An optional arg name on Mutation.superResolve was added.',
  'An optional arg search on Query.jobs was added.',
];

/**
 * The schema that clients were promised.
 * @param shared the folder beside this project that holds it
 */
export function readContract(shared: string): GraphQLSchema {
  const text = (name: string) => readFileSync(join(shared, 'contract', name), 'utf8');
  return EXTENSIONS.filter((name) => existsSync(join(shared, 'contract', name))).reduce(
    (schema, name) => extendSchema(schema, parse(text(name))),
    buildSchema(text('schema.graphql')),
  );
}
