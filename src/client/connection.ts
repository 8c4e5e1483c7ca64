import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient, type ClientOptions } from 'graphql-ws';

/** How to reach a service. */
export interface ConnectionOptions {
  /** Where its GraphQL is, `http://127.0.0.1:4000/graphql` for one. */
  readonly url: string;
  /** An API key, for a service that asks for one; read anew for every request. */
  readonly key?: () => string | undefined;
  /** The WebSocket of a runtime that has none built in (Node before 22). */
  readonly webSocket?: unknown;
  /** Told when the socket of the subscriptions opens, and when it is lost and being opened again. */
  readonly onSocket?: (state: SocketState) => void;
}

export type SocketState = 'open' | 'lost';

export interface Connection {
  /** Sends the operations of `operations.ts`: files by multipart request, subscriptions over one WebSocket. */
  readonly client: Client;
  /** Closes the socket, and with it every subscription. */
  close(): Promise<void>;
}

/** About half an hour of trying: waiting times double up to 30 seconds. */
const MOST_RETRIES = 64;
/** What the service closes a socket with that has no valid key: no retry changes that. */
const FATAL_CLOSE = [4400, 4401, 4403];

/** Connects to a service. Nothing is sent before the first operation; the socket opens with the first subscription. */
export function connect({ url, key, webSocket, onSocket }: ConnectionOptions): Connection {
  const authorization = (): Record<string, string> => {
    const value = key?.();
    return value === undefined || value === '' ? {} : { authorization: `Bearer ${value}` };
  };
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: authorization,
    retryAttempts: MOST_RETRIES,
    shouldRetry: (fault) => !FATAL_CLOSE.includes(codeOf(fault)),
    on: {
      connected: () => onSocket?.('open'),
      closed: (event) => {
        // 1000 is a farewell: the last subscription has ended.
        if (codeOf(event) !== 1000) onSocket?.('lost');
      },
    },
    ...(webSocket === undefined ? {} : { webSocketImpl: webSocket }),
  } satisfies ClientOptions);
  const client = new Client({
    url,
    // Without it the service takes a multipart request for one that a foreign page's plain form has made.
    fetchOptions: () => ({ headers: { 'apollo-require-preflight': 'true', ...authorization() } }),
    preferGetMethod: false,
    exchanges: [
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
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
  return { client, close: async () => socket.dispose() };
}

function codeOf(event: unknown): number {
  return typeof event === 'object' && event !== null && 'code' in event && typeof event.code === 'number'
    ? event.code
    : 0;
}
