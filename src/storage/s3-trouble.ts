import type { Trouble } from '../platform/file-trouble.js';

const REFUSED: Trouble = { words: 'refuses the service', retryAfterMs: 30_000 };
const MISSING: Trouble = { words: 'is not there', retryAfterMs: 30_000 };
const BUSY: Trouble = { words: 'has too much to do', retryAfterMs: 5000 };
const NO_ANSWER: Trouble = { words: 'does not answer', retryAfterMs: 5000 };
const BROKEN: Trouble = { words: 'does not work', retryAfterMs: 5000 };

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const BY_NAME: Readonly<Record<string, Trouble>> = {
  NoSuchBucket: MISSING,
  SlowDown: BUSY,
  ServiceUnavailable: BUSY,
  ThrottlingException: BUSY,
  RequestTimeout: NO_ANSWER,
  TimeoutError: NO_ANSWER,
  CredentialsProviderError: REFUSED,
  EntityTooLarge: { words: 'takes no files as large as this', retryAfterMs: 30_000 },
};

/** What is wrong with the server of a bucket, by what the SDK threw. */
export function s3Trouble(error: unknown): Trouble {
  if (!(error instanceof Error)) return BROKEN;
  const known = BY_NAME[error.name];
  if (known) return known;
  const status = statusOf(error);
  // The answer to HEAD has no body, so its error has no name.
  if (status === 401 || status === 403) return REFUSED;
  if (status === 429 || status === 503) return BUSY;
  if (status === 507) return { words: 'is full', retryAfterMs: 30_000 };
  if (status !== undefined) return BROKEN;
  // No answer at all: refused, reset, not found by name, or two addresses with a fault each.
  return 'code' in error || error instanceof AggregateError ? NO_ANSWER : BROKEN;
}

function statusOf(error: Error): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: unknown } };
  const status = $metadata?.httpStatusCode;
  return typeof status === 'number' ? status : undefined;
}
