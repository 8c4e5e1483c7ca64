import { s3Trouble } from './s3-trouble.js';
import { StorageError } from './storage-error.js';

/**
 * Waits for an answer of S3.
 *
 * @param what was asked, like `write jobs/1/output.png`
 * @throws StorageError after the last attempt
 */
export async function answered<T>(what: string, asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw new StorageError(what, error, s3Trouble(error));
  }
}

/** The same for one object: undefined where there is none. */
export async function unlessAbsent<T>(what: string, asking: Promise<T>): Promise<T | undefined> {
  return await answered(
    what,
    asking.catch((error: unknown) => {
      if (isAbsence(error)) return undefined;
      throw error;
    }),
  );
}

/** HEAD has no body that could name the fault. A bucket that is gone is not an absence: GET says so. */
function isAbsence(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}
