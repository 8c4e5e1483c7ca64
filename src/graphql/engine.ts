import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import type { Catalog } from '../registry/catalog.js';
import { admit, checkLength, type Operation } from './admission.js';
import { MAX_TOKENS } from './costs.js';
import { publicError } from './errors.js';
import { readOperation, type OperationText } from './read-operation.js';
import { buildSchema } from './schema.js';
import { MAX_FAULTS } from './variables.js';
import type { AnswerBounds } from './answer-size.js';

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

/** How much a catalog has to say: its models and their labels stay as they were read at the start. */
export function answerBounds(catalog: Pick<Catalog, 'list'>): AnswerBounds {
  const models = catalog.list();
  const sizes = models.map(({ labels }) => Buffer.byteLength(JSON.stringify(labels.map(({ name }) => name))));
  return { models: models.length, labelBytes: Math.max(0, ...sizes) };
}
