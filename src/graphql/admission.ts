import { getOperationAST, GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import { CodedError, messageOf } from '../errors.js';
import type { AnswerBounds } from './answer-size.js';
import { MAX_QUERY_LENGTH } from './costs.js';
import { checkCost, checkExtent } from './limits.js';
import { coerceVariables } from './variables.js';

/** An operation that was parsed and found valid. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Why an operation is not carried out, before anything of it is computed; empty when it is. HTTP and WebSocket
 * operations go through here alike. Variables are coerced before costs are added up, so that no wrong value gets there.
 */
export function refusalsOf(
  schema: GraphQLSchema,
  { document, operationName, variables }: Operation,
  bounds: AnswerBounds,
): readonly GraphQLError[] {
  const operation = getOperationAST(document, operationName);
  // One that is not there is left to those who look for it.
  if (!operation) return [];
  const inputs = variables ?? {};
  try {
    checkExtent(document, operation);
    const coerced = coerceVariables(schema, operation, inputs);
    if (coerced.faults) return coerced.faults.map((fault) => coded(fault, 'BAD_USER_INPUT'));
    checkCost(schema, { document, operation, inputs, variables: coerced.values }, bounds);
    return [];
  } catch (error) {
    if (error instanceof GraphQLError) return [coded(error, 'BAD_USER_INPUT')];
    return [new GraphQLError(messageOf(error), { originalError: error as Error })];
  }
}

/** @throws CodedError BAD_REQUEST for a query that is longer than is read */
export function checkLength(query: string): void {
  if (query.length <= MAX_QUERY_LENGTH) return;
  throw new CodedError(
    'BAD_REQUEST',
    `The query has ${query.length} characters, and at most ${MAX_QUERY_LENGTH} are accepted. Send images and other values as variables.`,
  );
}

/** A fault of a query, under the code that Apollo gives to its kind. */
export function coded(
  fault: GraphQLError,
  code: 'BAD_USER_INPUT' | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED',
): GraphQLError {
  const { message, nodes, source, positions, originalError } = fault;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    ...(originalError && { originalError }),
    extensions: { code },
  });
}
