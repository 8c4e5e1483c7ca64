/** Subscriptions as they are used, over a real graphql-ws server. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gql, type CombinedError } from '@urql/core';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connect, type Connection, type ConnectionOptions } from '../../src/client/connection.js';
import { observe } from '../../src/client/observe.js';
import { startOnePacketServer, type OnePacketServer } from './one-packet-server.js';

const COUNT = gql<{ count: number }, { to: number; who: number }>`
  subscription Count($to: Int!) {
    count(to: $to)
  }
`;
const SOON = { forMs: 1500, longestPauseMs: 50 };

const opened: { connections: Connection[]; servers: OnePacketServer[] } = { connections: [], servers: [] };
afterEach(async () => {
  await Promise.all(opened.connections.splice(0).map((connection) => connection.close()));
  await Promise.all(opened.servers.splice(0).map((server) => server.stop()));
});

async function server(...how: Parameters<typeof startOnePacketServer>): Promise<OnePacketServer> {
  const started = await startOnePacketServer(...how);
  opened.servers.push(started);
  return started;
}

function connected(url: string, options: Partial<ConnectionOptions> = {}): Connection {
  const connection = connect({ url, webSocket: WebSocket, patience: SOON, ...options });
  opened.connections.push(connection);
  return connection;
}

type Ending = { readonly counted: number[]; readonly how: 'left' | 'ended' | CombinedError };

/** Counts, and leaves at once with the number that is the last one asked for, as a follower of a job does. */
function counted({ client }: Connection, to: number, who = 0, last = to): Promise<Ending> {
  return new Promise((resolve) => {
    const numbers: number[] = [];
    const leave = observe(client.subscription(COUNT, { to, who }), {
      next: ({ data, error }) => {
        if (error) resolve({ counted: numbers, how: error });
        if (!data) return;
        numbers.push(data.count);
        if (data.count !== last) return;
        leave();
        resolve({ counted: numbers, how: 'left' });
      },
      end: () => resolve({ counted: numbers, how: 'ended' }),
    });
  });
}

const upTo = (to: number) => Array.from({ length: to }, (_, index) => index + 1);

describe('several subscriptions on one socket', () => {
  test('each get all that is theirs, whenever the others leave', { timeout: 60_000 }, async () => {
    const ROUNDS = 300;
    let isOver = false;
    const long = async function* (to: number) {
      for (let n = 1; n <= to; n += 1) yield n;
      // Only the long one asks for so much; it lasts as long as the rounds do.
      while (to === 1000 && !isOver) {
        await new Promise((soon) => setTimeout(soon, 1));
        yield 0;
      }
    };
    const { url, opened: sockets } = await server(long);
    const connection = connected(url);
    const whole = counted(connection, 1000, 0, -1);
    for (let round = 0; round < ROUNDS; round += 1) {
      const lengths = [1, 2, 1, 3, 1, 5].slice(0, 1 + (round % 6));
      const endings = await Promise.all(lengths.map((to, n) => counted(connection, to, round * 10 + n)));
      expect(endings).toEqual(lengths.map((to) => ({ counted: upTo(to), how: 'left' })));
    }
    isOver = true;
    const { counted: numbers, how } = await whole;
    expect(how).toBe('ended');
    expect(numbers.slice(0, 1000)).toEqual(upTo(1000));
    expect(sockets()).toBe(1);
  });

  test('open another socket after the last of them has left', async () => {
    const { url, opened: sockets, sockets: open } = await server();
    const connection = connected(url);
    for (let round = 1; round <= 5; round += 1) {
      await counted(connection, 2, round);
      const [socket] = open();
      if (socket) await once(socket, 'close');
      expect(sockets()).toBe(round);
    }
  });
});

describe('a subscription', () => {
  test('ends when the server ends it', async () => {
    const { url } = await server();
    expect(await counted(connected(url), 3, 0, 4)).toEqual({ counted: [1, 2, 3], how: 'ended' });
  });

  test('begins anew on another socket when its own is lost', async () => {
    const {
      url,
      sockets,
      opened: all,
    } = await server(async function* (to) {
      yield 1;
      if (all() === 1) await new Promise(() => undefined);
      for (let n = 2; n <= to; n += 1) yield n;
    });
    const states: string[] = [];
    const connection = connected(url, { onSocket: (state) => states.push(state) });
    const numbers: number[] = [];
    await new Promise<void>((resolve) => {
      observe(connection.client.subscription(COUNT, { to: 3, who: 0 }), {
        next: ({ data }) => {
          numbers.push(data?.count ?? -1);
          if (all() === 1) for (const socket of sockets()) socket.terminate();
        },
        end: resolve,
      });
    });
    expect(numbers).toEqual([1, 1, 2, 3]);
    expect(states).toEqual(['open', 'lost', 'open']);
  });

  test('waits for a server that is started again on the same port', async () => {
    const first = await server(async function* () {
      yield 1;
      await new Promise(() => undefined);
    });
    let refuse = (): void => undefined;
    const refused = new Promise<void>((resolve) => (refuse = resolve));
    class Attempt extends WebSocket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        this.once('error', refuse);
      }
    }
    const patience = { forMs: 20_000, longestPauseMs: 50 };
    const connection = connected(first.url, { patience, webSocket: Attempt });
    const ending = counted(connection, 3);
    await new Promise<void>((resolve) => {
      observe(connection.client.subscription(COUNT, { to: 9, who: 1 }), {
        next: () => resolve(),
        end: resolve,
      });
    });
    await first.stop();
    opened.servers.splice(0);
    await refused;
    await server(undefined, Number(new URL(first.url).port));
    expect(await ending).toEqual({ counted: [1, 1, 2, 3], how: 'left' });
  });

  test('is an error after the patience with a server that is gone, and later ones do not wait again', async () => {
    const started = await server(async function* () {
      yield 1;
      await new Promise(() => undefined);
    });
    const connection = connected(started.url);
    const ending = counted(connection, 2);
    await new Promise<void>((resolve) => {
      observe(connection.client.subscription(COUNT, { to: 9, who: 1 }), {
        next: () => resolve(),
        end: resolve,
      });
    });
    await started.stop();
    opened.servers.splice(0);
    expect(await ending).toMatchObject({ counted: [1], how: { name: 'CombinedError' } });
    const start = performance.now();
    expect(await counted(connection, 2, 2)).toMatchObject({ counted: [], how: { name: 'CombinedError' } });
    expect(performance.now() - start).toBeLessThan(SOON.forMs);
  });

  test.each([
    [4401, 'The key is not valid.'],
    [4400, 'What was that?'],
    [4403, 'Forbidden'],
    [1000, ''],
    [1011, 'A defect'],
    [1001, 'Going away'],
    [1012, 'Restart'],
  ])('is an error when every socket is closed with %i', async (code, reason) => {
    const http = createServer();
    const { WebSocketServer } = await import('ws');
    const sockets = new WebSocketServer({ server: http });
    let opened = 0;
    sockets.on('connection', (socket) => {
      opened += 1;
      socket.on('message', () => {
        socket.send('{"type":"connection_ack"}');
        socket.close(code, reason);
      });
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
    const { how } = await counted(connected(url), 1);
    expect(how).toMatchObject({ networkError: { code, reason } });
    // What is final is tried once, and nothing is tried without a pause and an end.
    if (code === 1000) expect(opened).toBe(6);
    else if (code > 4000 || code === 1011) expect(opened).toBe(1);
    else expect(opened).toBeGreaterThan(2);
    expect(opened).toBeLessThan(200);
    sockets.close();
    http.close();
  });

  test('is an error at once where no socket is opened', async () => {
    const http = createServer((_request, response) => response.writeHead(426).end());
    http.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`;
    const start = performance.now();
    const { how } = await counted(connected(url), 1);
    expect(how).toMatchObject({ networkError: { message: 'Unexpected server response: 403' } });
    expect(performance.now() - start).toBeLessThan(SOON.forMs);
    http.close();
  });
});
