import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import type { Patience } from './outage.js';
import { createSubscriptions, type SocketState } from './subscriptions.js';

/** How to reach a service. */
export interface ConnectionOptions {
  /** Where its GraphQL is, `http://127.0.0.1:4000/graphql` for one. */
  readonly url: string;
  /** An API key, for a service that asks for one; read anew for every request. */
  readonly key?: () => string | undefined;
  /** The WebSocket of a runtime that has none built in (Node before 22). */
  readonly webSocket?: unknown;
  /** Sends queries and mutations; the runtime's own unless said. */
  readonly fetch?: typeof fetch;
  /** How long a lost socket is opened again; about half an hour unless said. */
  readonly patience?: Patience;
  /** Told when the socket of the subscriptions opens, and when it is lost and being opened again. */
  readonly onSocket?: (state: SocketState) => void;
}

export interface Connection {
  /** Sends the operations of `operations.ts`: files by multipart request, subscriptions over one WebSocket. */
  readonly client: Client;
  /** Closes the socket, and with it every subscription. */
  close(): Promise<void>;
}

/** For a page that stays open. */
const PATIENCE: Patience = { forMs: 30 * 60_000, longestPauseMs: 30_000 };

/** Connects to a service. Nothing is sent before the first operation; the socket opens with the first subscription. */
export function connect(options: ConnectionOptions): Connection {
  const { url, key, webSocket, patience = PATIENCE, onSocket } = options;
  const authorization = (): Record<string, string> => {
    const value = key?.();
    return value === undefined || value === '' ? {} : { authorization: `Bearer ${value}` };
  };
  const subscriptions = createSubscriptions({
    url: url.replace(/^http/, 'ws'),
    connectionParams: authorization,
    ...{ webSocket, patience, onSocket },
  });
  const client = new Client({
    url,
    ...(options.fetch && { fetch: options.fetch }),
    // Without it the service takes a multipart request for one that a foreign page's plain form has made.
    fetchOptions: () => ({ headers: { 'apollo-require-preflight': 'true', ...authorization() } }),
    preferGetMethod: false,
    exchanges: [
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: subscriptions.subscribe(
              { query, variables: { ...variables } },
              {
                next: ({ data = null, errors }) => sink.next({ data, ...(errors && { errors }) }),
                error: (error) => sink.error(error),
                complete: () => sink.complete(),
              },
            ),
          }),
        }),
      }),
      fetchExchange,
    ],
  });
  return { client, close: () => subscriptions.close() };
}
