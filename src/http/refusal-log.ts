import type { CodedError } from '../errors.js';
import type { Logger } from '../observability/logger.js';
import { repeatFilter } from '../platform/repeats.js';

const MAX_LINES = 20;
const PER_MS = 60_000;

/**
 * Logs refused requests for the operator, who may have to allow them. Pages and attackers repeat themselves: the same
 * words come once a minute, and no more than twenty different lines in one.
 */
export function refusalLog(log: Pick<Logger, 'warn'>): (refusal: CodedError, facts: object) => void {
  const isNews = repeatFilter(PER_MS, MAX_LINES);
  return ({ code, message }, facts) => {
    if (isNews(message)) log.warn({ code, ...facts }, message);
  };
}
