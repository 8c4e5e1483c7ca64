import { LRUCache } from 'lru-cache';
import { CodedError } from '../errors.js';
import type { Runner } from '../inference/runner.js';
import { decodeWork } from '../inference/work.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { SharedPicture } from '../tasks/super-resolve/tile.js';
import type { JobPayload } from './contract.js';

/** Two of the largest that are permitted unless configured otherwise, and many small ones. */
const MOST_BYTES = 32_000_000;

/** The decoded inputs of the jobs that are worked on: the chunks of a picture decode it once for each process. */
export class OpenedImages {
  readonly #opened = new LRUCache<string, Promise<SharedPicture>>({ maxSize: MOST_BYTES });

  constructor(
    readonly runner: Pick<Runner, 'run'>,
    readonly store: Pick<ObjectStore, 'get'>,
  ) {}

  /** @throws CodedError when the input is no longer kept, or can not be read */
  open(input: JobPayload['input']): Promise<SharedPicture> {
    const cached = this.#opened.get(input.key);
    if (cached) return cached;
    const opening = this.#open(input).catch((error: unknown) => {
      this.#opened.delete(input.key);
      throw error;
    });
    this.#opened.set(input.key, opening, { size: input.width * input.height * 3 });
    return opening;
  }

  async #open({ key, width, height }: JobPayload['input']): Promise<SharedPicture> {
    const image = await this.store.get(key);
    if (!image) {
      throw new CodedError(
        'BAD_USER_INPUT',
        'The image of this job is no longer kept. Send it again as a new job.',
      );
    }
    const displayed = { width, height };
    const { result } = await this.runner.run(
      'openShared',
      { image, displayed },
      { work: decodeWork(displayed) },
    );
    return result;
  }
}
