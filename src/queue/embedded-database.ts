import { statfs } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import { Mutex } from 'async-mutex';
import type { PgNotification, PgQueryResult } from 'bullmq';

/** A segment of PostgreSQL's log, which opening may have to write, and what comes with it. */
const ROOM_TO_OPEN = 24_000_000;
/** Opening takes a second of the main thread. */
const OPEN_AGAIN_MS = 2000;

/**
 * The one database session of this process. When PostgreSQL panics, as it does without room for its log, that
 * session is of no use: the next statement would never come back, and stop the whole process. It is left alone then,
 * and the files are opened anew, which loses nothing, as soon as there is room.
 */
export class EmbeddedDatabase {
  #db: PGlite | undefined;
  /** Why there is none. */
  #panic: unknown;
  #openedAt = Number.NEGATIVE_INFINITY;
  #opening: Promise<PGlite> | undefined;
  /** PGlite would begin a statement that waits before anybody could hear of a panic in the one before. */
  readonly #oneStatement = new Mutex();
  readonly #onPanic = new Set<(error: Error) => void>();

  /**
   * @param db open
   * @param folder where there has to be room
   * @param open opens the files again
   */
  constructor(
    db: PGlite,
    readonly folder: string,
    readonly open: () => Promise<PGlite>,
  ) {
    this.#db = db;
  }

  /** @throws what PostgreSQL says; while it is stopped, why it is */
  query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    return this.#oneStatement.runExclusive(() => this.#run<Row>(text, params));
  }

  /** Told of notifications until the session ends. @returns how to stop being told */
  async onNotification(listener: (notification: PgNotification) => void): Promise<() => void> {
    const db = await this.#running();
    return db.onNotification((channel, payload) => listener({ channel, payload }));
  }

  /** Told when the session ends: what was listened to has to be asked for again. @returns how to stop being told */
  onPanic(listener: (error: Error) => void): () => void {
    this.#onPanic.add(listener);
    return () => void this.#onPanic.delete(listener);
  }

  async close(): Promise<void> {
    await this.#oneStatement.runExclusive(() => this.#db?.close());
  }

  async #run<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    const db = await this.#running();
    try {
      return await db.query<Row>(text, params && [...params]);
    } catch (error) {
      if (isPanic(error)) this.#stop(error);
      throw error;
    }
  }

  #stop(panic: Error): void {
    this.#db = undefined;
    this.#panic = panic;
    for (const listener of [...this.#onPanic]) listener(panic);
  }

  async #running(): Promise<PGlite> {
    if (this.#db) return this.#db;
    this.#opening ??= this.#reopen().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #reopen(): Promise<PGlite> {
    const { bavail, bsize } = await statfs(this.folder);
    if (bavail * bsize < ROOM_TO_OPEN || performance.now() - this.#openedAt < OPEN_AGAIN_MS)
      throw this.#panic;
    this.#openedAt = performance.now();
    this.#db = await this.open();
    return this.#db;
  }
}

function isPanic(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  // WebAssembly's own, for what PostgreSQL did not even come to say.
  if (error.name === 'RuntimeError') return true;
  return 'severity' in error && (error.severity === 'PANIC' || error.severity === 'FATAL');
}
