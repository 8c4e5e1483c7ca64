import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Switch {
  readonly port: number;
  /** Leads whoever connects from now on elsewhere. Connections that are open stay where they are. */
  readonly turn: (port: number) => void;
  readonly close: () => Promise<void>;
}

/** A name that leads to one server now and to another one later, as that of a primary does in front of a cluster. */
export async function startSwitch(first: number): Promise<Switch> {
  let target = first;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const beyond = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    port: address.port,
    turn: (port) => (target = port),
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
