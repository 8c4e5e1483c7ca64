import { getOperationAST, GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import { CodedError, messageOf } from '../errors.js';
import type { AnswerBounds } from './answer-size.js';
import { MAX_QUERY_LENGTH } from './costs.js';
import { checkAnswerSize, checkCost, checkExtent, operationCost } from './limits.js';
import { coerceVariables } from './variables.js';

/** An operation that was parsed and found valid. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Whether an operation is carried out, and what it costs. */
export interface Admission {
  /** Why it is not carried out; empty when it is. */
  readonly refusals: readonly GraphQLError[];
  /** In points; undefined where its cost could not be told. */
  readonly cost: number | undefined;
}

/**
 * Whether an operation is carried out, before anything of it is computed. HTTP and WebSocket operations go through
 * here alike. Variables are coerced before costs are added up, so that no wrong value gets there.
 */
export function admit(
  schema: GraphQLSchema,
  { document, operationName, variables }: Operation,
  bounds: AnswerBounds,
): Admission {
  const operation = getOperationAST(document, operationName);
  // One that is not there is left to those who look for it.
  if (!operation) return { refusals: [], cost: undefined };
  const inputs = variables ?? {};
  let cost: number | undefined;
  try {
    checkExtent(document, operation);
    const coerced = coerceVariables(schema, operation, inputs);
    if (coerced.faults)
      return { refusals: coerced.faults.map((fault) => coded(fault, 'BAD_USER_INPUT')), cost };
    const read = { document, operation, inputs, variables: coerced.values };
    cost = operationCost(schema, read);
    checkCost(cost);
    checkAnswerSize(schema, read, bounds);
    return { refusals: [], cost };
  } catch (error) {
    if (error instanceof GraphQLError) return { refusals: [coded(error, 'BAD_USER_INPUT')], cost };
    return { refusals: [new GraphQLError(messageOf(error), { originalError: error as Error })], cost };
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
