import { errnoOf } from '../platform/errno.js';

/** What Node.js and undici call it when nobody answers. */
const CODES = new Set([
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ENETUNREACH', 'EHOSTUNREACH', 'ETIMEDOUT'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET'],
]);

/** Whether a request failed because nobody answered it, rather than by what the answer was. */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (CODES.has(errnoOf(error) ?? '')) return true;
  // Several addresses of one name fail together.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isUnanswered);
  return isUnanswered(error.cause);
}
