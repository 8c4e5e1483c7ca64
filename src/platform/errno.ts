/**
 * Errors of the system and of Node carry a `code`, such as `ENOENT` or `ERR_STREAM_PREMATURE_CLOSE`. The service's own
 * public codes are another matter: src/error-codes.ts.
 */

/** The code of an error; undefined where it has none. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether an error has one of these codes. */
export function hasErrno(error: unknown, ...codes: readonly string[]): boolean {
  const code = errnoOf(error);
  return code !== undefined && codes.includes(code);
}

/** Whether it is the operating system's refusal of a call, and not a defect of the program. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** @returns the awaited value, or undefined where there is no such file (ENOENT) */
export async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}
