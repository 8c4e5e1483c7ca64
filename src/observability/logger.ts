import { pino, type Logger } from 'pino';

export type { Logger };

/** One line of JSON an event on standard error, so that standard output stays for people. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
