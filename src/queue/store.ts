import type { BackendFactory, IQueueBackend } from 'bullmq';
import type { Averages, JobIndex } from './job-index.js';
import type { QueueKind } from './contract.js';

/** What the three kinds of store differ in. */
export interface Store {
  readonly kind: QueueKind;
  readonly address: string;
  /** Makes what a BullMQ object works with; ignores the `connection` among its options. */
  readonly factory: BackendFactory<IQueueBackend, unknown>;
  readonly index: JobIndex;
  readonly averages: Averages;
  /** How long a reader of events may wait for a wake-up before it looks for itself, in milliseconds. */
  readonly eventPollMs: number;
  /** The id of the newest event of the queue: a reader that starts there misses nothing that follows. */
  lastEventId(queueName: string): Promise<string>;
  /** Any cheap round trip. */
  probe(): Promise<unknown>;
  /** Writes something small and reads it back. @throws what the store says where it refuses */
  check(): Promise<void>;
  /** Ends all connections, also those that BullMQ made for itself. */
  close(): Promise<void>;
}
