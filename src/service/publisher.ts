import { randomUUID } from 'node:crypto';
import { EXTENSIONS, type EncodedImage } from '../imaging/picture.js';
import type { ExpiringAddress, ObjectStore } from '../storage/object-store.js';
import type { Signer } from '../storage/signed-address.js';

export type Published = ExpiringAddress;

/** Stores images and gives out signed addresses for them: the store's own, or this service's where it has none. */
export class Publisher {
  readonly #store: ObjectStore;
  readonly #signer: Signer;
  readonly #options: { readonly ttlMs: number; readonly baseUrl: () => string };

  /** @param options `ttlMs`: how long stored results are kept; `baseUrl`: what clients reach this service by, with no slash at its end */
  constructor(store: ObjectStore, signer: Signer, options: { ttlMs: number; baseUrl: () => string }) {
    this.#store = store;
    this.#signer = signer;
    this.#options = options;
  }

  /** Stores an image under a name that nobody can guess. */
  async publish({ bytes, format }: EncodedImage): Promise<Published> {
    const key = `results/${randomUUID()}.${EXTENSIONS[format]}`;
    const now = new Date();
    await this.#store.put(key, bytes);
    return await this.address(key, now);
  }

  /** Where addresses of results lead: the store's own, or this service. */
  async origin(): Promise<string> {
    return (await this.address('results/any', new Date())).url.origin;
  }

  /** The address of what was stored at a certain time; it lives as long as the object does, if the store can sign for so long. Browsers save it under the file name, if one is given. */
  async address(key: string, storedAt: Date, fileName?: string): Promise<Published> {
    const expiresAt = new Date(storedAt.getTime() + this.#options.ttlMs);
    const own = await this.#store.presign(key, expiresAt, fileName);
    if (own) return own;
    // Joined, not resolved: the base may have a path of its own.
    const path = this.#signer.sign(key, expiresAt, fileName);
    return { url: new URL(`${this.#options.baseUrl()}${path}`), expiresAt };
  }
}
