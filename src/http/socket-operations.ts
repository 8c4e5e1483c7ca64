import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import type { OperationFacts, OperationRecord } from '../observability/operation-record.js';
import { withOperationSpan } from '../observability/tracing.js';

/** What a message has begun. */
interface Message {
  record?: OperationRecord;
  /** A subscription has no last answer of its own: to be followed until it ends is what it is for. */
  isFollowed?: boolean;
}

/**
 * The operations of one socket, for their lines in the log. The protocol does all of an operation while it handles
 * the message that began it, which is what tells operations apart: a client may use an id again as soon as it has
 * completed it, and hooks are not called for what is answered to nobody.
 */
export class SocketOperations {
  static readonly #current = new AsyncLocalStorage<Message>();
  readonly #open = new Set<Message>();
  readonly #record: () => OperationRecord;
  readonly #headers: IncomingHttpHeaders;

  /**
   * @param record makes the record of an operation that begins
   * @param headers of the request that opened the socket
   */
  constructor(record: () => OperationRecord, headers: IncomingHttpHeaders) {
    this.#record = record;
    this.#headers = headers;
  }

  /** Handles a message; the operation that it begins, if it does, has ended when this resolves. */
  async handle(work: () => Promise<void>): Promise<void> {
    const message: Message = {};
    this.#open.add(message);
    try {
      // One that begins no operation ends none either, and nobody hears of its span.
      await withOperationSpan(() => SocketOperations.#current.run(message, work), this.#headers);
    } finally {
      this.#open.delete(message);
      message.record?.end();
    }
  }

  /** The message at hand begins an operation, which nobody has been answered yet. */
  begin(facts: OperationFacts): void {
    const message = SocketOperations.#current.getStore();
    if (!message) return;
    message.record = this.#record();
    message.record.note({ code: 'UNANSWERED', ...facts });
  }

  /** What is known of the operation at hand. */
  note(facts: OperationFacts): void {
    SocketOperations.#current.getStore()?.record?.note(facts);
  }

  /** The operation at hand is a subscription, which goes well unless something else is noted. */
  follow(): void {
    const message = SocketOperations.#current.getStore();
    if (!message) return;
    message.isFollowed = true;
    message.record?.note({ code: 'OK' });
  }

  /** There is an answer without an error. One message of a subscription does not undo the error of another. */
  answer(): void {
    const message = SocketOperations.#current.getStore();
    if (message?.isFollowed !== true) message?.record?.note({ code: 'OK' });
  }

  /** The socket has closed: nobody hears of what is under way. */
  close(): void {
    for (const { record, isFollowed } of this.#open) {
      if (isFollowed) record?.note({ code: 'UNANSWERED' });
      record?.end();
    }
    this.#open.clear();
  }
}
