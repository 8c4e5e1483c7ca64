import type { Client } from '@urql/core';
import { CancelJobDocument, DeleteJobDocument, RetryJobDocument } from '../client/operations.js';
import { ask } from './ask.js';
import { faultOfJob, onJobs, type ServerOptions } from './on-jobs.js';
import { printableJson, printCells, printWhole, say } from './terminal.js';

export type Change = 'cancel' | 'retry' | 'delete';

/** How each change is made, and what the job is afterwards. */
const CHANGES = {
  cancel: async (client, id, signal) =>
    (await ask(client.mutation(CancelJobDocument, { id }), signal)).cancelJob.status,
  retry: async (client, id, signal) =>
    (await ask(client.mutation(RetryJobDocument, { id }), signal)).retryJob.status,
  delete: async (client, id, signal) => {
    await ask(client.mutation(DeleteJobDocument, { id }), signal);
    return 'DELETED';
  },
} as const satisfies Record<Change, (client: Client, id: string, signal: AbortSignal) => Promise<string>>;

/** Changes jobs one after the other; one that cannot be changed does not hold up the others. */
export function changeJobs(change: Change, ids: readonly string[], options: ServerOptions): Promise<void> {
  return onJobs(options, async ({ client, signal }) => {
    const outcomes: object[] = [];
    let code = 0;
    for (const id of ids) {
      try {
        const status = await CHANGES[change](client, id, signal);
        outcomes.push({ id, status });
        if (!options.json) printCells([id, status]);
      } catch (error) {
        signal.throwIfAborted();
        const { code: fault, message } = faultOfJob(error);
        code = 1;
        outcomes.push({ id, error: { code: fault, message } });
        if (!options.json) say(`${id}: ${fault}: ${message}`);
      }
    }
    if (options.json) printWhole(printableJson(outcomes));
    return code;
  });
}
