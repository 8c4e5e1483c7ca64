import type { ErrorCode } from './error-codes.js';

export { ERROR_CODES, ERROR_DESCRIPTIONS, type ErrorCode } from './error-codes.js';

/** Facts for the client beside the message; they become members of the GraphQL error's `extensions`. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean>>;

/**
 * The one error class that carries a code. Everything that goes wrong for a reason the caller can understand is a
 * `CodedError`; whatever else is thrown is a defect and leaves the service masked, as INTERNAL_SERVER_ERROR.
 */
export class CodedError extends Error {
  override readonly name: string = 'CodedError';

  /**
   * @param code one of the public codes
   * @param message what was expected, what came, and what to do: shown to the client as it is
   * @param options `facts` for the client (for example `retryAfterMs`), `cause` for the log only
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { facts?: ErrorFacts; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.facts = options.facts ?? {};
  }

  readonly facts: ErrorFacts;
}

/** A part of the service does not work: its operator has to hear of the cause, which the client is not told. */
export function concernsOperator(error: unknown): error is CodedError {
  return (
    error instanceof CodedError &&
    error.cause !== undefined &&
    (error.code === 'STORAGE_UNAVAILABLE' || error.code === 'QUEUE_UNAVAILABLE')
  );
}

/** How much of what a client sent is said back to it, in characters. */
export const LONGEST_ECHO = 100;

/** A text of a client as it may be quoted in a message. */
export function shortened(text: string, max = LONGEST_ECHO): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

/** The two ends of a text that is longer than `most` characters. */
export function ends(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max / 2)}…${text.slice(-max / 2)}` : text;
}

/** The text of anything thrown; of a failure at each of several addresses, which has none of its own, theirs. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return [...new Set(error.errors.map(messageOf))].join(', ');
  }
  return error instanceof Error ? error.message : String(error);
}

/**
 * What is said of an error that ends a program: what a person can put right in plain words; everything else is a
 * defect, and shows its stack.
 * @param plain the errors whose messages are meant for people
 */
export function describeFatalError(
  error: unknown,
  plain: readonly (abstract new (...args: never[]) => Error)[],
): string {
  const isPlain = plain.some((kind) => error instanceof kind);
  return isPlain || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message);
}
