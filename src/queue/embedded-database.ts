import { statfs } from 'node:fs/promises';
import { Mutex } from 'async-mutex';
import type { PgNotification, PgQueryResult } from 'bullmq';
import type { EmbeddedSession } from './embedded-session.js';

/** A segment of PostgreSQL's log, which opening may have to write, and what comes with it. */
const ROOM_TO_OPEN = 24_000_000;
/** Opening takes a second of a core. */
const OPEN_AGAIN_MS = 2000;

/**
 * The one database session of this process. When PostgreSQL panics, as it does without room for its log, that
 * session is of no use: the next statement would never come back. It is ended then, and the files are opened anew, which loses nothing, as soon as there is room.
 */
export class EmbeddedDatabase {
  #session: EmbeddedSession | undefined;
  /** Why there is none. */
  #panic: unknown;
  #openedAt = Number.NEGATIVE_INFINITY;
  #opening: Promise<EmbeddedSession> | undefined;
  /** A statement that waits must not begin before it is known whether the one before has ended in a panic. */
  readonly #oneStatement = new Mutex();
  readonly #onPanic = new Set<(error: Error) => void>();

  /**
   * @param session open
   * @param folder where there has to be room
   * @param open opens the files again
   */
  constructor(
    session: EmbeddedSession,
    readonly folder: string,
    readonly open: () => Promise<EmbeddedSession>,
  ) {
    this.#session = session;
  }

  /** @throws what PostgreSQL says; while it is stopped, why it is */
  query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    return this.#oneStatement.runExclusive(() => this.#run<Row>(text, params));
  }

  /** Told of notifications until the session ends. @returns how to stop being told */
  async onNotification(listener: (notification: PgNotification) => void): Promise<() => void> {
    return (await this.#running()).onNotification(listener);
  }

  /** Told when the session ends: what was listened to has to be asked for again. @returns how to stop being told */
  onPanic(listener: (error: Error) => void): () => void {
    this.#onPanic.add(listener);
    return () => void this.#onPanic.delete(listener);
  }

  /** @throws while it is stopped, why it is */
  async ping(): Promise<void> {
    await (await this.#running()).ping();
  }

  async close(): Promise<void> {
    await this.#oneStatement.runExclusive(() => this.#session?.close());
  }

  async #run<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    const session = await this.#running();
    try {
      return await session.query<Row>(text, params);
    } catch (error) {
      if (isPanic(error)) this.#stop(error);
      throw error;
    }
  }

  #stop(panic: Error): void {
    this.#session?.abandon();
    this.#session = undefined;
    this.#panic = panic;
    for (const listener of [...this.#onPanic]) listener(panic);
  }

  async #running(): Promise<EmbeddedSession> {
    if (this.#session) return this.#session;
    this.#opening ??= this.#reopen().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #reopen(): Promise<EmbeddedSession> {
    const { bavail, bsize } = await statfs(this.folder);
    if (bavail * bsize < ROOM_TO_OPEN || performance.now() - this.#openedAt < OPEN_AGAIN_MS)
      throw this.#panic;
    this.#openedAt = performance.now();
    this.#session = await this.open();
    return this.#session;
  }
}

function isPanic(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  // WebAssembly's own, for what PostgreSQL did not even come to say.
  if (error.name === 'RuntimeError') return true;
  return 'severity' in error && (error.severity === 'PANIC' || error.severity === 'FATAL');
}
