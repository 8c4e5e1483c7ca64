import type { Client } from '@urql/core';
import { followJob, type JobUpdate } from '../client/follow-job.js';
import { faultOf } from './fault.js';

/** The last state of a job. @throws Fault when there is none to be had; the signal's reason */
export function endOf(
  client: Client,
  id: string,
  signal: AbortSignal,
  onUpdate: (job: JobUpdate) => void,
): Promise<JobUpdate> {
  return new Promise((resolve, reject) => {
    let last: JobUpdate | undefined;
    const done = new AbortController();
    const leave = followJob(client, id, {
      next: (job) => {
        last = job;
        onUpdate(job);
      },
      end: () => {
        done.abort();
        if (last) resolve(last);
      },
      fail: (error) => {
        done.abort();
        reject(faultOf(error));
      },
    });
    const giveUp = (): void => {
      leave();
      reject(signal.reason as Error);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { signal: done.signal });
  });
}
