import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What waits for the end of each connection: one listener of the connection for all of its requests. */
const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back once, when an answer has left or can no longer leave. The answer itself does not tell of every end: one
 * that waits behind another on its connection (pipelining) never hears that the connection is gone.
 */
export function whenOver(
  { socket }: Pick<IncomingMessage, 'socket'>,
  response: Pick<ServerResponse, 'once'>,
  callback: () => void,
): void {
  if (socket.closed) {
    callback();
    return;
  }
  const others = waiting.get(socket) ?? watch(socket);
  const over = (): void => {
    if (others.delete(over)) callback();
  };
  others.add(over);
  response.once('close', over);
}

function watch(socket: Socket): Set<() => void> {
  const listeners = new Set<() => void>();
  waiting.set(socket, listeners);
  socket.once('close', () => {
    for (const listener of [...listeners]) listener();
  });
  return listeners;
}
