import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, messageOf, type ErrorCode } from '../errors.js';
import { maskedFault, statedFault, type PublicFault, type ReportDefect } from '../service/public-fault.js';
import { withShortQuotes } from './short-quotes.js';

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
  const tell = (defect: unknown) => report(defect, path);
  const stated = statedFault(cause, tell);
  if (stated) return formatted(stated, at);
  const code = queryFault(located, cause);
  if (code) return formatted({ code, message: withShortQuotes(located.message.trim()), facts: {} }, at);
  return formatted(maskedFault(cause, tell), at);
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
  { code, message, facts }: PublicFault,
  at: Pick<GraphQLFormattedError, 'locations' | 'path'>,
): GraphQLFormattedError {
  return { message, ...at, extensions: { code, ...facts } };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}
