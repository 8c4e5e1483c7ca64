import { LRUCache } from 'lru-cache';
import { messageOf } from '../errors.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import type { LoadedSession, Session } from './session.js';

/** Loads a model at most once at a time, keeps the most recently used ones, and forgets a failure at once. */
export class SessionCache {
  readonly #sessions: LRUCache<string, Promise<Session>>;

  constructor(
    readonly load: (file: string, options: { arena: boolean }) => Promise<LoadedSession>,
    options: { max: number },
  ) {
    this.#sessions = new LRUCache({
      max: options.max,
      // A thread runs one task at a time and a task asks again for each run, so nothing in use is released.
      dispose: (session) => void session.then((loaded) => loaded.release()).catch(() => undefined),
    });
  }

  /**
   * The session of a prepared model.
   * @throws Error with the model's id when it cannot be loaded
   */
  get(model: PreparedModel): Promise<Session> {
    const cached = this.#sessions.get(model.file);
    if (cached) return cached;
    const loading = this.load(model.file, { arena: hasOneSize(model) }).catch((cause: unknown) => {
      this.#sessions.delete(model.file);
      throw new Error(`Model ${model.id} cannot be loaded: ${messageOf(cause)}`, { cause });
    });
    this.#sessions.set(model.file, loading);
    return loading;
  }
}

/**
 * Whether every run of a model takes the same memory. A map of classes is interpolated to the size of each picture,
 * up to `MAP_PIXELS` of src/tasks/segment-road: its largest run is bounded as well.
 */
function hasOneSize({ input }: PreparedModel): boolean {
  return input.size !== null;
}
