import type { Client } from '@urql/core';

/** What answers the commands: a server, or this very process. Both are asked in the same words. */
export interface VisionService {
  readonly client: Client;
  /** How it is called in sentences. */
  readonly title: string;
  /** Pictures at a time, where nobody says otherwise. */
  readonly concurrency: number;
  /**
   * The bytes of a result by the address that came for it.
   * @throws Fault RESULT_NOT_FETCHED
   */
  download(url: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Ends connections, and removes what was only there for this command. */
  close(): Promise<void>;
}
