/** Why files cannot be written or read, in words for people who may not know where the files are. */
import { isSystemError } from './errno.js';

export interface Trouble {
  /** The end of a sentence that begins with the place, like `is full`. */
  readonly words: string;
  /** When it is worth another try, in milliseconds. */
  readonly retryAfterMs: number;
}

/** What somebody has to put right first. */
const LASTING_MS = 30_000;
/** What may well be over by then. */
const PASSING_MS = 5000;

const FULL: Trouble = { words: 'is full', retryAfterMs: LASTING_MS };
const READ_ONLY: Trouble = { words: 'cannot be written', retryAfterMs: LASTING_MS };
const MISSING: Trouble = { words: 'is not there', retryAfterMs: LASTING_MS };
const TOO_MANY_OPEN: Trouble = { words: 'has too many files open', retryAfterMs: PASSING_MS };
const NO_ANSWER: Trouble = { words: 'does not answer', retryAfterMs: PASSING_MS };
const BROKEN: Trouble = { words: 'does not work', retryAfterMs: LASTING_MS };

const BY_CODE: Readonly<Record<string, Trouble>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EROFS: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  ENOENT: MISSING,
  ENOTDIR: MISSING,
  ESTALE: MISSING,
  EMFILE: TOO_MANY_OPEN,
  ENFILE: TOO_MANY_OPEN,
  ETIMEDOUT: NO_ANSWER,
  EAGAIN: NO_ANSWER,
};

/** What is wrong with the place of a file that the system refused to write or read. */
export function fileTrouble(error: unknown): Trouble {
  const code = isSystemError(error) ? error.code : undefined;
  return BY_CODE[code ?? ''] ?? BROKEN;
}
