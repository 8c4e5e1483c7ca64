import type { Client } from 'urql';
import { connect } from '../../../client/connection.js';
import { followJob } from '../../../client/follow-job.js';
import { GRAPHQL_URL } from '../../service-url.js';
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
  const jobs = new JobFollower((id, sink) =>
    followJob(client, id, {
      next: (update) => sink.next(update),
      end: () => sink.end(),
      fail: (error) => {
        sink.fail(problemOf(error, hasApiKey()));
        sink.end();
      },
    }),
  );
  return { client, jobs, interrupted, close: () => connection.close() };
}
