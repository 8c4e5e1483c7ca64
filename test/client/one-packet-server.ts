import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';

/** A graphql-ws server that sends what it has in one packet: the last result with the `complete` behind it. */
export interface OnePacketServer {
  readonly url: string;
  /** How many sockets have been opened. */
  readonly opened: () => number;
  /** Those that are open. */
  readonly sockets: () => Iterable<WebSocket>;
  stop(): Promise<void>;
}

/**
 * @param count the numbers that the subscription `count(to: n)` sends; 1 to n unless said
 * @param port one that was free a moment ago; any unless said
 */
export async function startOnePacketServer(
  count: (to: number) => AsyncIterable<number> = upTo,
  port = 0,
): Promise<OnePacketServer> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, handleProtocols });
  const protocol = makeServer({ schema: schemaOf(count) });
  let opened = 0;
  sockets.on('connection', (socket, { socket: connection }) => {
    opened += 1;
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => {
          inOnePacket(connection);
          socket.send(data);
        },
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => void socket.on('message', (data: Buffer) => void handle(String(data))),
      },
      {},
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)));
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
    opened: () => opened,
    sockets: () => sockets.clients,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.close();
      await once(http, 'close');
    },
  };
}

/** Holds back until the present work is done. */
function inOnePacket(connection: Socket): void {
  if (connection.writableCorked > 0) return;
  connection.cork();
  setImmediate(() => connection.uncork());
}

// eslint-disable-next-line @typescript-eslint/require-await -- as subscriptions are
async function* upTo(to: number): AsyncGenerator<number> {
  for (let n = 1; n <= to; n += 1) yield n;
}

function schemaOf(count: (to: number) => AsyncIterable<number>): GraphQLSchema {
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { one: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        count: {
          type: GraphQLInt,
          args: { to: { type: new GraphQLNonNull(GraphQLInt) } },
          subscribe: (_source, { to }: { to: number }) => count(to),
          resolve: (n: unknown) => n,
        },
      },
    }),
  });
}
