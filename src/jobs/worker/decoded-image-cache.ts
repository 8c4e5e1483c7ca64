import { LRUCache } from 'lru-cache';
import { CodedError } from '../../errors.js';
import { pixelsOf } from '../../imaging/picture.js';
import type { Runner } from '../../inference/runner.js';
import { decodeCost } from '../../tasks/cost-estimate.js';
import type { ObjectStore } from '../../storage/object-store.js';
import type { SharedPicture } from '../../tasks/super-resolve/shared-picture.js';
import { keepsAlpha, type JobPayload } from '../shared/contract.js';

/** Two of the largest that are permitted unless configured otherwise, and many small ones. */
const MAX_BYTES = 32_000_000;

/** The decoded inputs of the jobs that are worked on: the chunks of a picture decode it once for each process. */
export class DecodedImageCache {
  readonly #opened = new LRUCache<string, Promise<SharedPicture>>({ maxSize: MAX_BYTES });

  constructor(
    readonly runner: Pick<Runner, 'run'>,
    readonly store: Pick<ObjectStore, 'get'>,
  ) {}

  /** @throws CodedError when the input is no longer kept, or cannot be read */
  open(payload: Pick<JobPayload, 'input' | 'format'>): Promise<SharedPicture> {
    const { input } = payload;
    const keepAlpha = keepsAlpha(payload);
    const id = `${input.key} ${keepAlpha ? 'with' : 'without'} alpha`;
    const cached = this.#opened.get(id);
    if (cached) return cached;
    const opening = this.#open(input, keepAlpha).catch((error: unknown) => {
      this.#opened.delete(id);
      throw error;
    });
    this.#opened.set(id, opening, { size: pixelsOf(input) * (keepAlpha ? 4 : 3) });
    return opening;
  }

  async #open({ key, width, height }: JobPayload['input'], keepAlpha: boolean): Promise<SharedPicture> {
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
      { image, displayed, keepAlpha },
      { work: decodeCost(displayed) },
    );
    return result;
  }
}
