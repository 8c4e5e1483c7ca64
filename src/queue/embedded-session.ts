/** What is asked of the thread that has the embedded database, and what comes back. All of it is plain data. */
import type { PgNotification, PgQueryResult } from 'bullmq';

/** The one session of an embedded database. */
export interface EmbeddedSession {
  /** @throws what PostgreSQL says, with its fields */
  query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>>;
  /** @returns how to stop being told */
  onNotification(listener: (notification: PgNotification) => void): () => void;
  /** A sign of life. */
  ping(): Promise<void>;
  close(): Promise<void>;
  /** Ends it where it is: a session of no use any more. */
  abandon(): void;
}

/** What a thread is started with: where the files are, and those that they begin as. */
export interface DatabaseFiles {
  readonly folder: string;
  readonly template: string | undefined;
}

export type DatabaseRequest =
  | { readonly kind: 'query'; readonly text: string; readonly params: readonly unknown[] | undefined }
  | { readonly kind: 'ping' }
  | { readonly kind: 'close' };

export type Question = DatabaseRequest & { readonly id: number };

/** An error's class does not survive the way between threads; its words and its fields do. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type Answer =
  | { readonly kind: 'open' }
  | { readonly kind: 'refused'; readonly fault: Fault }
  | { readonly kind: 'answer'; readonly id: number; readonly rows: unknown[] }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: Fault }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string };

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), fields: {} };
  const plain = Object.entries(error).filter(([, value]) => value === null || typeof value !== 'object');
  const fields = plain.filter(([, value]) => typeof value !== 'function' && typeof value !== 'symbol');
  return { name: error.name, message: error.message, fields: Object.fromEntries(fields) };
}

export function errorOf({ name, message, fields }: Fault): Error {
  return Object.assign(new Error(message), fields, { name });
}
