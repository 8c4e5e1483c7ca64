import type { OperationFacts, OperationRecord, ResultCode } from '../observability/operation-record.js';

/** The operations of one socket that are under way, for the access log. */
export class SocketRecords {
  readonly #begin: () => OperationRecord;
  readonly #records = new Map<string, OperationRecord>();

  constructor(begin: () => OperationRecord) {
    this.#begin = begin;
  }

  /** @param id the client's for the operation; one that is taken already has its socket closed by the protocol */
  begin(id: string, facts: OperationFacts): void {
    const record = this.#begin();
    record.note(facts);
    this.#records.set(id, record);
  }

  note(id: string, facts: OperationFacts): void {
    this.#records.get(id)?.note(facts);
  }

  end(id: string, code: ResultCode): void {
    this.#records.get(id)?.end(code);
    this.#records.delete(id);
  }

  /** The socket has closed: what is under way has nobody to go to. */
  endAll(): void {
    for (const id of this.#records.keys()) this.end(id, 'CLIENT_GONE');
  }
}
