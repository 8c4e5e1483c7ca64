import { pino, type DestinationStream, type Logger } from 'pino';
import { logContext } from './log-context.js';

export type { Logger };

/**
 * One line of JSON an event, with the id of the request or the job that it is about.
 * @param destination standard error unless given, so that standard output stays for people
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: () => ({ ...logContext() }) },
    destination,
  );
}
