/** What went wrong, for a person to read. */
export interface Problem {
  /**
   * `unreachable`: nobody answered. `locked`: the service asks for an API key. `refused`: it answered, and its
   * words say what to do.
   */
  readonly kind: 'unreachable' | 'locked' | 'refused';
  readonly message: string;
  /** The code that the service gave. */
  readonly code?: string;
  /** When to try again, where the service says so. */
  readonly retryAfterMs?: number;
}

/** What this page needs to know of an urql error. */
export interface RequestError {
  readonly graphQLErrors: readonly { readonly message: string; readonly extensions?: unknown }[];
  readonly networkError?: unknown;
}

const UNREACHABLE =
  'The service cannot be reached. Check that it is running and that you are connected, then try again.';
const ASKS_FOR_KEY = 'This service asks for an API key. Enter it here.';
const KEY_NOT_VALID = 'This key is not valid, or no longer.';
/** What the service closes a WebSocket with that came without a valid key. */
const CLOSED_UNAUTHENTICATED = 4401;

/**
 * Puts an error into words: those of the service where there are any, save about keys, where it tells programmers
 * which header to send.
 * @param hadKey whether the request came with a key
 */
export function problemOf({ graphQLErrors, networkError }: RequestError, hadKey: boolean): Problem {
  const [first] = graphQLErrors;
  if (first !== undefined) {
    const code = member(first.extensions, 'code');
    if (code === 'UNAUTHENTICATED') return locked(hadKey);
    const retryAfterMs = member(first.extensions, 'retryAfterMs');
    return {
      kind: 'refused',
      message: first.message,
      ...(typeof code === 'string' && { code }),
      ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    };
  }
  if (member(networkError, 'code') === CLOSED_UNAUTHENTICATED) return locked(hadKey);
  return { kind: 'unreachable', message: UNREACHABLE };
}

/** What the service says where the same request may well succeed at another time. */
const PASSING = new Set([
  ...[
    'OVERLOADED',
    'RATE_LIMITED',
    'QUEUE_UNAVAILABLE',
    'STORAGE_UNAVAILABLE',
    'TIMEOUT',
    'IMAGE_FETCH_FAILED',
  ],
  ...['MODEL_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'],
]);

/** Whether there is any use in asking the same once more. */
export function canSucceedLater({ kind, code }: Problem): boolean {
  switch (kind) {
    case 'unreachable':
      return true;
    case 'locked':
      return false;
    case 'refused':
      return code === undefined || PASSING.has(code);
  }
}

function locked(hadKey: boolean): Problem {
  return { kind: 'locked', message: hadKey ? KEY_NOT_VALID : ASKS_FOR_KEY, code: 'UNAUTHENTICATED' };
}

/** When to try again, in words. */
export function retryWords(retryAfterMs: number): string {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  if (seconds < 90) return `Try again in about ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
  return `Try again in about ${Math.round(seconds / 60)} minutes.`;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
