import { messageOf } from '../errors.js';
import { errnoOf } from '../platform/errno.js';

/** The folder for downloads and prepared models cannot take what should go there. */
export class UnusableCache extends Error {
  override readonly name = 'UnusableCache';
}

/**
 * Tells what is wrong with the model cache in words that say what to do about it.
 * @param what begins the sentence: what could not be kept there
 * @returns the cause itself when it is no fault of the folder
 */
export function cacheFault(what: string, folder: string, cause: unknown): unknown {
  switch (errnoOf(cause)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new UnusableCache(
        `${what} does not fit into ${folder}: the disk is full. Make room there, or set MODEL_CACHE to a folder on another disk`,
        { cause },
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    case 'ENOTDIR':
    case 'EEXIST':
      return new UnusableCache(
        `${what} cannot be kept in ${folder} (${messageOf(cause)}). Set MODEL_CACHE to a folder that can be written`,
        { cause },
      );
    default:
      return cause;
  }
}
