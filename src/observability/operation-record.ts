import { AsyncResource } from 'node:async_hooks';
import type { ErrorCode } from '../errors.js';

/** How a client asks. */
export type Transport = 'http' | 'websocket' | 'rest';

/** `UNANSWERED`: the answer could not be sent, or was not waited for. */
export type ResultCode = 'OK' | 'UNANSWERED' | ErrorCode;

/** What is known of an operation only while it is carried out. */
export interface OperationFacts {
  /** As its sender calls it, or the route; undefined when it has no name, or could not be read. */
  readonly operation?: string | undefined;
  readonly type?: 'query' | 'mutation' | 'subscription' | undefined;
  /** Its fields at the root: all there is to know an operation without a name by. */
  readonly fields?: readonly string[] | undefined;
  /** Whose key it came with. */
  readonly owner?: string | undefined;
  /** In points of about a millisecond of one core. */
  readonly cost?: number | undefined;
  readonly code?: ResultCode | undefined;
}

/** An operation that has ended. */
export interface EndedOperation extends OperationFacts {
  readonly transport: Transport;
  readonly code: ResultCode;
  /** From its first byte to its answer. */
  readonly ms: number;
}

export type TellOperation = (ended: EndedOperation) => void;

/** Names are for clients to choose, and a line is for people to read. */
const LONGEST_NAME = 80;

/**
 * One operation, for the access log and the metrics: told when it has ended, with who asked for what, what it cost, how long it
 * took and how it ended. It has nothing of what was sent: no variables, no text of the query, no address.
 */
export class OperationRecord {
  readonly #tell: TellOperation;
  readonly #transport: Transport;
  readonly #began = performance.now();
  #facts: OperationFacts = {};
  #hasEnded = false;

  /** @param tell told once, when it has ended */
  constructor(tell: TellOperation, transport: Transport) {
    // An end that a connection tells of comes from outside of the request, and its line belongs to the request.
    this.#tell = AsyncResource.bind(tell);
    this.#transport = transport;
  }

  note(facts: OperationFacts): void {
    this.#facts = { ...this.#facts, ...facts };
  }

  /** Tells of it, once. @param code of the result, where none was noted */
  end(code: ResultCode = 'OK'): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { operation, owner, type, fields, cost, code: noted = code } = this.#facts;
    const ms = Math.round((performance.now() - this.#began) * 10) / 10;
    const name = operation?.slice(0, LONGEST_NAME);
    this.#tell({ transport: this.#transport, operation: name, type, fields, owner, cost, code: noted, ms });
  }
}
