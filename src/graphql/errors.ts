import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CodedError, concernsOperator, messageOf, type ErrorCode } from '../errors.js';

/** Told of what stays masked, a defect or the cause of what does not work, so that somebody can look into it. */
export type ReportDefect = (error: unknown, path: readonly (string | number)[] | undefined) => void;

const MASKED_MESSAGE =
  'Something went wrong in the service. It has been logged; try again, and tell the operator if it happens again.';

/**
 * What a client is shown of an error, over HTTP and WebSocket alike: the code and words of a `CodedError`; what
 * is wrong with the query itself; and nothing of anything else.
 */
export function publicError(error: unknown, report: ReportDefect): GraphQLFormattedError {
  const located =
    error instanceof GraphQLError
      ? error
      : new GraphQLError(messageOf(error), { originalError: asError(error) });
  const { locations, path } = located.toJSON();
  const at = { ...(locations && { locations }), ...(path && { path }) };
  // With or without a path: what the limits and the context throw is wrapped outside of any field.
  const cause = located.originalError ?? located;
  const timeout = cause instanceof Error && cause.name === 'TimeoutError';
  if (cause instanceof CodedError) {
    if (concernsOperator(cause)) report(cause, path);
    return formatted(cause.message, cause.code, at, cause.facts);
  }
  if (timeout)
    return formatted(
      'The request took longer than it may. Send a smaller image, or try again later.',
      'TIMEOUT',
      at,
    );
  if (cause instanceof Error && cause.name === 'AbortError')
    return formatted('The request was given up.', 'TIMEOUT', at);
  if (!located.originalError || isQueryFault(located, cause))
    return formatted(located.message.trim(), 'BAD_USER_INPUT', at);
  report(cause, path);
  return formatted(MASKED_MESSAGE, 'INTERNAL_SERVER_ERROR', at);
}

/**
 * Apollo's own verdicts on a query, and graphql's on its variables and arguments, which point at a place in the
 * query even where Apollo has not seen them. A resolver's value that does not serialize points at none.
 */
function isQueryFault({ extensions, path, locations }: GraphQLError, cause: unknown): boolean {
  const code = extensions['code'];
  if (path === undefined && locations !== undefined) return true;
  if (cause instanceof GraphQLError && cause.locations !== undefined) return true;
  return typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR';
}

function formatted(
  message: string,
  code: ErrorCode,
  at: Pick<GraphQLFormattedError, 'locations' | 'path'>,
  facts: object = {},
): GraphQLFormattedError {
  return { message, ...at, extensions: { code, ...facts } };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}
