import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import type { Catalog } from '../registry/catalog.js';
import { admit, checkLength, type Operation } from './admission.js';
import { answerBounds } from './answer-bounds.js';
import { MAX_TOKENS } from './costs.js';
import { publicError } from './errors.js';
import { readOperation, type OperationText } from './read-operation.js';
import { buildSchema } from './schema.js';
import { MAX_FAULTS } from './variables.js';

/** The service's schema, and the rules of what is asked of it and of what is shown, for any transport. */
export async function createEngine(catalog: Pick<Catalog, 'list'>) {
  return engineOver(await buildSchema(), catalog);
}

/** The same rules over another schema. */
export function engineOver(schema: GraphQLSchema, catalog: Pick<Catalog, 'list'>) {
  const bounds = answerBounds(catalog);
  return {
    schema,
    maxTokens: MAX_TOKENS,
    maxFaults: MAX_FAULTS,
    checkLength,
    publicError,
    admit: (operation: Operation) => admit(schema, operation, bounds),
    readOperation: (text: OperationText) => readOperation(schema, text, bounds),
  };
}
