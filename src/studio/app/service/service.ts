import type { Client } from 'urql';
import { connect } from '../../../client/connection.js';
import { JobUpdatedDocument } from '../../../client/operations.js';
import { GRAPHQL_URL } from '../../graphql-url.js';
import { Signal } from '../ui/signal.js';
import { apiKey, hasApiKey, keepApiKey } from './api-key.js';
import { JobFollower } from './job-follower.js';
import { problemOf } from './problem.js';

/** The service that this page came from, and how the page hears from it. */
export interface Service {
  readonly client: Client;
  readonly jobs: JobFollower;
  /** True while the socket of live updates is lost and being opened again. */
  readonly interrupted: Signal<boolean>;
  close(): Promise<void>;
}

export const service = new Signal<Service>(openService());

/** Keeps a key (none when empty) and connects with it: an open socket would go on with the earlier one. */
export function changeApiKey(key: string): void {
  keepApiKey(key);
  const before = service.get();
  service.set(openService());
  void before.close();
}

function openService(): Service {
  const interrupted = new Signal(false);
  const connection = connect({
    url: GRAPHQL_URL,
    key: apiKey.get,
    onSocket: (state) => interrupted.set(state === 'lost'),
  });
  const { client } = connection;
  const jobs = new JobFollower((id, sink) => {
    const subscription = client.subscription(JobUpdatedDocument, { id }).subscribe((result) => {
      if (result.data) sink.next(result.data.jobUpdated);
      if (result.error) sink.fail(problemOf(result.error, hasApiKey()));
      const status = result.data?.jobUpdated.status;
      if (result.error || (status !== undefined && status !== 'QUEUED' && status !== 'RUNNING')) sink.end();
    });
    return () => subscription.unsubscribe();
  });
  return { client, jobs, interrupted, close: () => connection.close() };
}
