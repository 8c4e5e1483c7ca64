import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { admit, checkLength, coded, type Admission } from './admission.js';
import type { AnswerBounds } from './answer-size.js';
import { MAX_TOKENS } from './costs.js';
import { MAX_FAULTS } from './variables.js';

/** An operation as it comes over a WebSocket. */
export interface OperationText {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** An operation that was read. */
export interface ReadOperation extends Admission {
  /** Undefined of one that is not valid. */
  readonly document: DocumentNode | undefined;
  /** What to execute; undefined where it is refused. */
  readonly args: ExecutionArgs | undefined;
}

/**
 * Parses, validates and measures an operation, as Apollo and its plugin do for one that comes over HTTP, under the
 * same codes.
 */
export function readOperation(
  schema: GraphQLSchema,
  { query, operationName, variables }: OperationText,
  bounds: AnswerBounds,
): ReadOperation {
  let document: DocumentNode;
  try {
    checkLength(query);
    document = parse(query, { maxLexicalTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return refused([coded(error, 'GRAPHQL_PARSE_FAILED')]);
    return refused([new GraphQLError('', { originalError: error as Error })]);
  }
  // The last fault that is told may be that there are more.
  const invalid = validate(schema, document, undefined, { maxErrors: MAX_FAULTS - 1 });
  if (invalid.length > 0) return refused(invalid.map((fault) => coded(fault, 'GRAPHQL_VALIDATION_FAILED')));
  if (!getOperationAST(document, operationName)) return refused([unknownOperation(operationName)]);
  const admission = admit(schema, { document, operationName, variables }, bounds);
  const isAdmitted = admission.refusals.length === 0;
  const args = isAdmitted ? { schema, document, operationName, variableValues: variables } : undefined;
  return { ...admission, document, args };
}

function refused(refusals: readonly GraphQLError[]): ReadOperation {
  return { refusals, cost: undefined, document: undefined, args: undefined };
}

function unknownOperation(name: string | null | undefined): GraphQLError {
  const message = name
    ? `Unknown operation named "${name}".`
    : 'Must provide operation name if query contains multiple operations.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}
