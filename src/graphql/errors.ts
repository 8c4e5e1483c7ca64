import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CodedError, concernsOperator, ERROR_CODES, messageOf, type ErrorCode } from '../errors.js';
import { ends, withShortQuotes } from './short-quotes.js';

/** Told of what stays masked, a defect or the cause of what does not work, so that somebody can look into it. */
export type ReportDefect = (error: unknown, path: readonly (string | number)[] | undefined) => void;

const MASKED_MESSAGE =
  'Something went wrong in the service. It has been logged; try again, and tell the operator if it happens again.';

/** In characters: of our own words none are longer, a list of all labels included. */
const LONGEST_MESSAGE = 2000;

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
    return formatted(ends(cause.message, LONGEST_MESSAGE), cause.code, at, cause.facts);
  }
  if (timeout)
    return formatted(
      'The request took longer than is allowed. Send a smaller image, or try again later.',
      'TIMEOUT',
      at,
    );
  if (cause instanceof Error && cause.name === 'AbortError')
    return formatted('The request was given up.', 'TIMEOUT', at);
  const code = queryFault(located, cause);
  if (code) return formatted(withShortQuotes(located.message.trim()), code, at);
  report(cause, path);
  return formatted(MASKED_MESSAGE, 'INTERNAL_SERVER_ERROR', at);
}

/**
 * The code of what is wrong with a query: the one that Apollo gave it, or, for what graphql says of variables and
 * arguments, which point at a place in the query even where Apollo has not seen them, BAD_USER_INPUT. Undefined for
 * what is no fault of the query; a resolver's value that does not serialize points at no place.
 */
function queryFault(
  { extensions, path, locations, originalError }: GraphQLError,
  cause: unknown,
): ErrorCode | undefined {
  const code = ERROR_CODES.find((known) => known === extensions['code']);
  if (code !== undefined && code !== 'INTERNAL_SERVER_ERROR') return code;
  if (path === undefined && locations !== undefined) return 'BAD_USER_INPUT';
  if (cause instanceof GraphQLError && cause.locations !== undefined) return 'BAD_USER_INPUT';
  // Apollo's word on a request that is no proper one of persisted queries.
  if (originalError === undefined) return path === undefined ? 'BAD_REQUEST' : 'BAD_USER_INPUT';
  return undefined;
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
