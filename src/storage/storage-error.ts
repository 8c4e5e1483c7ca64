import { messageOf } from '../errors.js';
import { fileTrouble, type Trouble } from '../platform/file-trouble.js';
import { StorageUnavailable } from '../platform/storage-unavailable.js';

/** A store did not do what it was asked. What that was, and of which object, is for the log. */
export class StorageError extends StorageUnavailable {
  override readonly name = 'StorageError';

  /**
   * @param what like `write jobs/1/output.png`
   * @param cause what was thrown
   */
  constructor(
    readonly what: string,
    cause: unknown,
    trouble: Trouble = fileTrouble(cause),
  ) {
    super('storage', cause, trouble);
  }
}

/**
 * The configured store cannot be used, so the service must not start. The message is one sentence for the
 * operator: what was expected, what came, what to do.
 */
export class UnusableStorage extends Error {
  override readonly name = 'UnusableStorage';

  /** @param address the store's, for people to read */
  constructor(address: string, cause: StorageError) {
    const { expected, advice } = address.startsWith('s3:') ? BUCKET : FOLDER;
    super(
      `Storage ${address}: expected ${expected} that can be read, written, listed and cleared, but could not ` +
        `${cause.what} (${reasonOf(cause.cause)}); ${advice}.`,
      { cause },
    );
  }
}

const BUCKET = {
  expected: 'a bucket',
  advice:
    'start the server, make the bucket, correct STORAGE_URL or the AWS credentials and their rights, or unset ' +
    'STORAGE_URL to store on disk',
};
const FOLDER = {
  expected: 'a folder',
  advice: 'make room, correct its permissions, or set DATA_DIR to another folder',
};

/** The words of a failure on one line. Node's errors for a host with two addresses carry no message of their own. */
function reasonOf(error: unknown): string {
  const words = messageOf(error).replace(/\s+/g, ' ').trim();
  const isNamed = error instanceof Error && !['Error', 'AggregateError'].includes(error.name);
  return isNamed ? `${error.name}: ${words}` : words;
}
