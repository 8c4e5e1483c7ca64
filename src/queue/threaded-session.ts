import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PgNotification, PgQueryResult } from 'bullmq';
import {
  errorOf,
  type Answer,
  type DatabaseRequest,
  type DatabaseFiles,
  type EmbeddedSession,
} from './embedded-session.js';

/** The compiled thread: beside this file, or what was built of its source. */
const THREAD_FILE = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/queue/database-thread.js' : './database-thread.js',
  import.meta.url,
);

interface Waiting {
  readonly resolve: (rows: unknown[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens the embedded database in a thread of its own, so that its statements, and its start of a second, hold up
 * nobody else.
 * @throws what `openDatabase` throws
 */
export async function openInThread(files: DatabaseFiles): Promise<EmbeddedSession> {
  // The service's secrets are no business of a database, nor are options that only its main thread understands.
  const thread = new Worker(THREAD_FILE, { workerData: files, env: {}, execArgv: [] });
  const session = new ThreadedSession(thread);
  try {
    await session.opened;
    return session;
  } catch (error) {
    session.abandon();
    throw error;
  }
}

class ThreadedSession implements EmbeddedSession {
  readonly opened: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(notification: PgNotification) => void>();
  #last = 0;
  /** Why nothing more is answered. */
  #over: Error | undefined;

  constructor(readonly thread: Worker) {
    this.opened = new Promise((resolve, reject) => {
      thread.on('message', (answer: Answer) => this.#hear(answer, resolve, reject));
      const end = (error: Error) => {
        reject(error);
        this.#end(error);
      };
      thread.on('error', end);
      thread.on('exit', () => end(new Error('The thread of the embedded database has ended')));
    });
  }

  async query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    return { rows: (await this.#ask({ kind: 'query', text, params })) as Row[] };
  }

  onNotification(listener: (notification: PgNotification) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async ping(): Promise<void> {
    await this.#ask({ kind: 'ping' });
  }

  async close(): Promise<void> {
    const ended = once(this.thread, 'exit');
    await this.#ask({ kind: 'close' });
    void this.thread.terminate();
    await ended;
  }

  abandon(): void {
    void this.thread.terminate();
  }

  #ask(ask: DatabaseRequest): Promise<unknown[]> {
    if (this.#over) return Promise.reject(this.#over);
    const id = (this.#last += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.thread.postMessage({ id, ...ask });
    });
  }

  #hear(answer: Answer, opened: () => void, refused: (error: Error) => void): void {
    switch (answer.kind) {
      case 'open': {
        opened();
        return;
      }
      case 'refused': {
        refused(errorOf(answer.fault));
        return;
      }
      case 'answer':
        return this.#taken(answer.id)?.resolve(answer.rows);
      case 'fault':
        return this.#taken(answer.id)?.reject(errorOf(answer.fault));
      case 'notification':
        for (const listener of [...this.#listeners])
          listener({ channel: answer.channel, payload: answer.payload });
    }
  }

  #taken(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #end(error: Error): void {
    this.#over ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
