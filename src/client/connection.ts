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
const NORMAL_CLOSE = 1000;
const LONGEST_WAIT_MS = 30_000;

/** Connects to a service. Nothing is sent before the first operation; the socket opens with the first subscription. */
export function connect({ url, key, webSocket, onSocket }: ConnectionOptions): Connection {
  const authorization = (): Record<string, string> => {
    const value = key?.();
    return value === undefined || value === '' ? {} : { authorization: `Bearer ${value}` };
  };
  const closing = new AbortController();
  let isOpen = false;
  const socket = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: authorization,
    retryAttempts: MOST_RETRIES,
    retryWait: (retries) => backoff(retries, closing.signal),
    shouldRetry: (fault) => !FATAL_CLOSE.includes(codeOf(fault)),
    on: {
      connected: () => {
        isOpen = true;
        onSocket?.('open');
      },
      closed: (event) => {
        isOpen = false;
        // A normal close is a farewell: the last subscription has ended.
        const isFinal = [NORMAL_CLOSE, ...FATAL_CLOSE].includes(codeOf(event));
        if (!isFinal && !closing.signal.aborted) onSocket?.('lost');
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
  return {
    client,
    close: async () => {
      closing.abort();
      // Rejects as the attempt to connect does that it ends.
      const disposed = Promise.resolve(socket.dispose()).catch(() => undefined);
      // There is no farewell to wait for where the server does not answer.
      if (isOpen) await disposed;
    },
  };
}

/** Doubles from about a second up to half a minute, and ends at once when the connection is closed. */
function backoff(retries: number, signal: AbortSignal): Promise<void> {
  const wait = Math.min(1000 * 2 ** retries, LONGEST_WAIT_MS);
  // Clients that were lost together do not come back together.
  const spread = 300 + Math.random() * 2700;
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, wait + spread);
    signal.addEventListener('abort', end);
  });
}

function codeOf(event: unknown): number {
  return typeof event === 'object' && event !== null && 'code' in event && typeof event.code === 'number'
    ? event.code
    : 0;
}
