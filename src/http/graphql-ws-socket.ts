import type { IncomingMessage } from 'node:http';
import { CloseCode, type Server } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { KeyHolder } from '../auth/keyring.js';
import { withLogContext } from '../observability/log-context.js';
import { ANONYMOUS } from './authenticate.js';
import { imagesIn, JsonTooLarge, MAX_JSON_TEXT_BYTES } from './json-text.js';
import { requestIdOf } from './request-log.js';
import type { SocketOperations } from './socket-operations.js';

/** What operations know of the socket that they came by. */
export interface SocketExtra {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** Whose socket it is. */
  holder: KeyHolder;
  /** Aborts when the socket is closed. */
  readonly gone: AbortSignal;
  readonly operations: SocketOperations;
}

export interface SocketOptions {
  /** A peer that does not answer a ping within this time, and for as long again, is gone. */
  readonly keepAliveMs: number;
  /** Bytes that may wait for a peer to read them; beyond this it is let go of. */
  readonly maxBufferedBytes: number;
  readonly report: (error: unknown) => void;
  readonly operations: SocketOperations;
}

/** For a message that is too large, in the WebSocket protocol itself. */
const TOO_LARGE_CLOSE = 1009;
const TOO_LARGE = `Beside images, a message may have at most ${MAX_JSON_TEXT_BYTES} bytes.`;

/** Ties an open WebSocket to the protocol. Faults of peers end their socket, and are nobody's news. */
export function serveSocket(
  server: Server<SocketExtra>,
  socket: WebSocket,
  request: IncomingMessage,
  { keepAliveMs, maxBufferedBytes, report, operations }: SocketOptions,
): void {
  const send = (data: string): Promise<void> => {
    if (socket.bufferedAmount > maxBufferedBytes) socket.terminate();
    if (socket.readyState !== socket.OPEN) {
      operations.note({ code: 'UNANSWERED' });
      return Promise.resolve();
    }
    // Resolves when the bytes are on their way. One that fails has lost its socket, which closes by itself.
    return new Promise((resolve) => socket.send(data, () => resolve()));
  };
  const gone = new AbortController();
  const socketId = requestIdOf(request);
  let messages = 0;
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => {
        socket.on('message', (data: RawData) => {
          if (!isReadable(data as Buffer)) {
            socket.close(TOO_LARGE_CLOSE, TOO_LARGE);
            return;
          }
          messages += 1;
          // The lines of an operation tell it by its message, and its socket by the request that opened it.
          withLogContext({ requestId: `${socketId}/${messages}` }, () => {
            operations
              .handle(() => handle(String(data as Buffer)))
              .catch((error: unknown) => {
                report(error);
                socket.close(CloseCode.InternalServerError, 'Internal server error');
              });
          });
        });
      },
    },
    { socket, request, holder: ANONYMOUS, gone: gone.signal, operations },
  );

  // A frame that breaks the protocol: the library has closed the socket already.
  socket.on('error', () => undefined);
  let answered = true;
  socket.on('pong', () => (answered = true));
  const pings = setInterval(() => {
    if (!answered) socket.terminate();
    answered = false;
    socket.ping();
  }, keepAliveMs);
  socket.once('close', (code, reason) => {
    clearInterval(pings);
    gone.abort();
    operations.close();
    closed(code, String(reason)).catch(report);
  });
}

/** Parsing is what takes long, so that the message is looked over before. */
function isReadable(message: Buffer): boolean {
  try {
    imagesIn(message);
    return true;
  } catch (error) {
    if (error instanceof JsonTooLarge) return false;
    throw error;
  }
}
