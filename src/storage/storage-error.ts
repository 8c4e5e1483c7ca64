/** A store did not do what it was asked. Clients see nothing of it: where objects lie is none of their business. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  /**
   * @param what like `read jobs/1/output.png`
   * @param cause what was thrown
   */
  constructor(
    readonly what: string,
    cause: unknown,
  ) {
    super(`The object store could not ${what} (${reasonOf(cause)})`, { cause });
  }
}

/**
 * The configured store can not be used, so the service must not start. The message is one sentence for the
 * operator: what was expected, what came, what to do.
 */
export class UnusableStorage extends Error {
  override readonly name = 'UnusableStorage';

  /** @param address the store's, for people to read */
  constructor(address: string, cause: StorageError) {
    super(
      `Storage ${address}: expected a bucket that can be read, written, listed and cleared, but could not ` +
        `${cause.what} (${reasonOf(cause.cause)}); start the server, make the bucket, correct STORAGE_URL or the ` +
        'AWS credentials and their rights, or unset STORAGE_URL to store on disk.',
      { cause },
    );
  }
}

/** The words of a failure on one line. Node's errors for a host with two addresses carry no message of their own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return [...new Set(error.errors.map(reasonOf))].join(', ');
  }
  if (!(error instanceof Error)) return String(error);
  const words = error.message.replace(/\s+/g, ' ').trim();
  return error.name === 'Error' ? words : `${error.name}: ${words}`;
}
