import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a service that can be closed and opened. */
export interface Proxy {
  /** With the path of the service's, and no slash at its end. */
  readonly url: string;
  /** Cuts every connection, and lets none be made. */
  refuse(): void;
  accept(): void;
  close(): Promise<void>;
}

/** Passes connections on to a service, byte for byte. */
export async function throughProxy(service: string): Promise<Proxy> {
  const { hostname, port, pathname } = new URL(service);
  const open = new Set<Socket>();
  let isOpen = true;
  const server = createServer((incoming) => {
    if (!isOpen) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(Number(port), hostname);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname.replace(/\/$/, '')}`,
    refuse: () => {
      isOpen = false;
      cut();
    },
    accept: () => (isOpen = true),
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
