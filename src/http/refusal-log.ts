import type { CodedError } from '../errors.js';
import type { Logger } from '../observability/logger.js';

const MOST_LINES = 20;
const PER_MS = 60_000;

/**
 * Logs refused requests for the operator, who may have to allow them. Pages and attackers repeat themselves: the same
 * words come once a minute, and no more than twenty different lines in one.
 */
export function refusalLog(log: Pick<Logger, 'warn'>): (refusal: CodedError, facts: object) => void {
  const told = new Set<string>();
  let since = 0;
  return ({ code, message }, facts) => {
    const now = Date.now();
    if (now - since >= PER_MS) {
      told.clear();
      since = now;
    }
    if (told.has(message) || told.size === MOST_LINES) return;
    told.add(message);
    log.warn({ code, ...facts }, message);
  };
}
