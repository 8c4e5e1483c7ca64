import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { checkLength, coded, refusalsOf } from './admission.js';
import type { AnswerBounds } from './answer-size.js';
import { MAX_TOKENS } from './costs.js';
import { MAX_FAULTS } from './variables.js';

/** An operation as it comes over a WebSocket. */
export interface OperationText {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/**
 * Parses, validates and measures an operation, as Apollo and its plugin do for one that comes over HTTP, under the
 * same codes.
 * @returns what to execute, or why it is not
 */
export function readOperation(
  schema: GraphQLSchema,
  { query, operationName, variables }: OperationText,
  bounds: AnswerBounds,
): ExecutionArgs | GraphQLError[] {
  let document: DocumentNode;
  try {
    checkLength(query);
    document = parse(query, { maxLexicalTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return [coded(error, 'GRAPHQL_PARSE_FAILED')];
    return [new GraphQLError('', { originalError: error as Error })];
  }
  // The last fault that is told may be that there are more.
  const invalid = validate(schema, document, undefined, { maxErrors: MAX_FAULTS - 1 });
  if (invalid.length > 0) return invalid.map((fault) => coded(fault, 'GRAPHQL_VALIDATION_FAILED'));
  if (!getOperationAST(document, operationName)) return [unknownOperation(operationName)];
  const refusals = refusalsOf(schema, { document, operationName, variables }, bounds);
  if (refusals.length > 0) return [...refusals];
  return { schema, document, operationName, variableValues: variables };
}

function unknownOperation(name: string | null | undefined): GraphQLError {
  const message = name
    ? `Unknown operation named "${name}".`
    : 'Must provide operation name if query contains multiple operations.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}
