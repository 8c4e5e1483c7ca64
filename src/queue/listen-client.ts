import { EventEmitter } from 'node:events';
import type { PgNotification, PgPoolClient, PgQueryable } from 'bullmq';

/** What a session with a PostgreSQL database must be able to do for BullMQ. */
export interface Session extends PgQueryable {
  /** @returns how to stop being told */
  onNotification(listener: (notification: PgNotification) => void): () => void;
  /** @returns how to stop being told */
  onError(listener: (error: Error) => void): () => void;
  release(destroy?: boolean): void;
}

/**
 * The client that BullMQ LISTENs on. BullMQ looks into a table, finds nothing and only then attaches its
 * listener: a notification between the two would be lost, and the event behind it late by a whole poll. Here
 * what comes while nobody listens is kept for the next listener.
 */
export class ListenClient extends EventEmitter implements PgPoolClient {
  private readonly missed = new Map<string, PgNotification>();
  private readonly detach: (() => void)[];

  constructor(private readonly session: Session) {
    super();
    this.detach = [
      session.onNotification((notification) => this.deliver(notification)),
      session.onError((error) => {
        if (this.listenerCount('error') > 0) this.emit('error', error);
      }),
    ];
  }

  readonly query: PgPoolClient['query'] = (text, params) => this.session.query(text, params);

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the signature of EventEmitter
  override on(event: string | symbol, listener: (...args: any[]) => void): this {
    super.on(event, listener);
    if (event === 'notification' && this.missed.size > 0) {
      const missed = [...this.missed.values()];
      this.missed.clear();
      // Not before BullMQ has finished setting up the wait that these end.
      queueMicrotask(() => {
        for (const notification of missed) this.deliver(notification);
      });
    }
    return this;
  }

  release(destroy?: boolean): void {
    for (const stop of this.detach.splice(0)) stop();
    this.missed.clear();
    this.session.release(destroy);
  }

  /** Payloads are queue names, so there are as many to keep as there are queues. */
  private deliver(notification: PgNotification): void {
    if (this.emit('notification', notification)) return;
    this.missed.set(`${notification.channel} ${notification.payload ?? ''}`, notification);
  }
}
