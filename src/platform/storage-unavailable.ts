import { CodedError } from '../errors.js';
import { fileTrouble, type Trouble } from './file-trouble.js';

/** What clients are told of the places where files lie. Where that is, is none of their business. */
const PLACES = {
  storage: { purpose: 'Images can be neither stored nor fetched', name: "the service's storage" },
  temporary: { purpose: 'Images cannot be worked on', name: "the service's space for temporary files" },
} as const;

export type Place = keyof typeof PLACES;

/**
 * Files cannot be written or read for a reason that is not the client's. The message says which kind of place it
 * is and what is wrong with it, and the `cause` all that the operator needs.
 */
export class StorageUnavailable extends CodedError {
  override readonly name: string = 'StorageUnavailable';

  /** @param cause what was thrown, for the log */
  constructor(place: Place, cause: unknown, { words, retryAfterMs }: Trouble = fileTrouble(cause)) {
    const { purpose, name } = PLACES[place];
    super(
      'STORAGE_UNAVAILABLE',
      `${purpose} at the moment, because ${name} ${words}. Try again in ${retryAfterMs / 1000} seconds; ` +
        'if it lasts, tell the operator of the service.',
      { cause, facts: { retryAfterMs } },
    );
  }
}
