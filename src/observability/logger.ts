import { pino, type DestinationStream, type Logger } from 'pino';
import { logContext } from './log-context.js';
import { traceIds } from './tracing.js';

export type { Logger };

/** An API key, wherever a client has put it: in the id of a request, or the name of an operation. */
const API_KEY = /okulo_[\w-]{40,}/g;

/**
 * One line of JSON an event, with the id of the request or the job that it is about and those of its trace, and without any API key.
 * @param destination standard error unless given, so that standard output stays for people
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...logContext(), ...traceIds() }),
      hooks: { streamWrite: (line) => line.replace(API_KEY, 'okulo_…') },
    },
    destination,
  );
}
