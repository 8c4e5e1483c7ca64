import type { Client } from '@urql/core';
import { readClientConfig } from '../config.js';
import { serviceFault } from './check-service.js';
import { Fault } from './fault.js';
import { onInterrupt } from './interrupt.js';
import { remoteService } from './remote-service.js';
import { exitWhenSaid, say } from './terminal.js';

/** Which server, and how its answer is printed. */
export interface ServerOptions {
  readonly server?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** What a command about jobs works with. */
export interface JobsAt {
  readonly client: Client;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command on a server's jobs, and ends the process with its exit code.
 * @param work its exit code: 0 or 1
 * @throws UsageError; CommandFault where the server cannot be reached or refuses the key
 */
export async function onJobs(
  { server, key }: ServerOptions,
  work: (at: JobsAt) => Promise<number>,
): Promise<void> {
  // Where there is nothing left to wait for, and no answer.
  process.exitCode = 1;
  const interruption = onInterrupt();
  const configured = readClientConfig();
  const service = remoteService(server ?? configured.server, key ?? configured.key, say);
  interruption.begin();
  try {
    exitWhenSaid(await work({ client: service.client, signal: interruption.signal }));
  } catch (error) {
    if (interruption.exitCode !== undefined) {
      exitWhenSaid(interruption.exitCode);
    } else {
      throw error instanceof Fault ? serviceFault(error, service.title, false) : error;
    }
  } finally {
    interruption.stop();
    await service.close();
  }
}

/** The fault of one job, where the others go on; any other is thrown on. */
export function faultOfJob(error: unknown): Fault {
  if (error instanceof Fault && !OF_ALL.has(error.code)) return error;
  throw error;
}

/** Those that every other job would meet as well. */
const OF_ALL: ReadonlySet<string> = new Set(['SERVER_UNREACHABLE', 'UNAUTHENTICATED', 'FORBIDDEN']);
