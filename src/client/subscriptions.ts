import { createClient, MessageType, type ClientOptions, type ExecutionResult, type Sink } from 'graphql-ws';
import { Outage, type Patience } from './outage.js';

/** How to reach a service's subscriptions. */
export interface SubscriptionsOptions {
  /** `ws://127.0.0.1:4000/graphql` for one. */
  readonly url: string;
  readonly connectionParams: () => Record<string, unknown>;
  /** How long a lost socket is opened again. */
  readonly patience: Patience;
  readonly webSocket?: unknown;
  /** How a peer is found out that is gone though nothing says so: a cable was pulled. */
  readonly pings?: { readonly everyMs: number; readonly answeredWithinMs: number };
  /** Told when the socket opens, and when it is lost and being opened again. */
  readonly onSocket?: ((state: SocketState) => void) | undefined;
}

export type SocketState = 'open' | 'lost';

/** Subscriptions over one socket, which opens with the first of them and closes with the last. */
export interface Subscriptions {
  /**
   * Hands on what comes, then calls exactly one of `complete` and `error`: the server has ended the subscription,
   * or it has refused it or cannot be reached any more. A lost socket is opened again, and the subscriptions on it
   * begin anew.
   * @returns what ends it from this side; nothing is called from then on
   */
  subscribe(request: Request, sink: Sink<ExecutionResult>): () => void;
  /** Closes the socket, and with it every subscription. */
  close(): Promise<void>;
}

interface Request {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

const PINGS = { everyMs: 10_000, answeredWithinMs: 20_000 };
const NORMAL_CLOSE = 1000;
/** What no retry changes: a broken protocol, and a key that is not valid. */
const FATAL_CLOSES = [4400, 4401, 4403];
/** graphql-ws opens a socket that was closed normally again at once, without a pause and without an end. */
const MAX_NORMAL_CLOSES = 5;

/** Opens nothing before the first subscription. */
export function createSubscriptions({
  url,
  connectionParams,
  patience,
  webSocket,
  pings = PINGS,
  onSocket,
}: SubscriptionsOptions): Subscriptions {
  const closing = new AbortController();
  const outage = new Outage(patience);
  const live = new Set<(reason: unknown) => void>();
  let isOpen = false;
  let normalCloses = 0;
  let pongLimit: ReturnType<typeof setTimeout> | undefined;

  const socket = createClient({
    url,
    connectionParams,
    keepAlive: pings.everyMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (attempts) => outage.pause(attempts, closing.signal),
    // graphql-ws itself takes a refused connection for the end.
    shouldRetry: (fault) => !isFatal(fault) && outage.failed(),
    on: {
      connected: () => {
        isOpen = true;
        onSocket?.('open');
      },
      message: ({ type }) => {
        // Only what is sent for a subscription shows that the server is there again: the socket may be a proxy's.
        if (type !== MessageType.Next && type !== MessageType.Complete && type !== MessageType.Error) return;
        outage.answered();
        normalCloses = 0;
      },
      ping: (isReceived) => {
        if (isReceived) return;
        clearTimeout(pongLimit);
        pongLimit = setTimeout(() => socket.terminate(), pings.answeredWithinMs);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(pongLimit);
      },
      closed: (event) => {
        isOpen = false;
        clearTimeout(pongLimit);
        // With the last subscription it is closed from this side.
        if (live.size === 0 || closing.signal.aborted || isFatal(event)) return;
        onSocket?.('lost');
        if (codeOf(event) === NORMAL_CLOSE && ++normalCloses > MAX_NORMAL_CLOSES)
          for (const fail of live) fail(event);
      },
    },
    ...(webSocket === undefined ? {} : { webSocketImpl: webSocket }),
  } satisfies ClientOptions);

  return {
    subscribe: (request, sink) => {
      let isOver = false;
      const end = (): boolean => {
        if (isOver) return false;
        isOver = true;
        live.delete(fail);
        // Not in this tick. A packet may hold the server's `complete` behind the last result, and graphql-ws, told to
        // leave in between, lets go of the socket twice: it closes under other subscriptions.
        setTimeout(() => leave(), 0);
        return true;
      };
      const fail = (reason: unknown): void => {
        if (end()) sink.error(reason);
      };
      live.add(fail);
      const leave = socket.subscribe(request, {
        next: (result) => {
          if (!isOver) sink.next(result as ExecutionResult);
        },
        error: fail,
        complete: () => {
          if (end()) sink.complete();
        },
      });
      return () => void end();
    },
    close: async () => {
      closing.abort();
      // Rejects as the attempt to connect does that it ends.
      const disposed = Promise.resolve(socket.dispose()).catch(() => undefined);
      // There is no farewell to wait for where the server does not answer.
      if (isOpen) await disposed;
    },
  };
}

function isFatal(event: unknown): boolean {
  return FATAL_CLOSES.includes(codeOf(event)) || isRefusal(event);
}

/** The server is there and opens no socket: what `ws` says of it; a browser keeps it to itself. */
function isRefusal(event: unknown): boolean {
  return (
    typeof event === 'object' &&
    event !== null &&
    'message' in event &&
    /^Unexpected server response: 4\d\d$/.test(String(event.message))
  );
}

function codeOf(event: unknown): number {
  return typeof event === 'object' && event !== null && 'code' in event && typeof event.code === 'number'
    ? event.code
    : 0;
}
