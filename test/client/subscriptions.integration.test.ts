import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createSubscriptions } from '../../src/client/subscriptions.js';
import { startOnePacketServer } from './one-packet-server.js';

test('a peer that says nothing any more is left, and the subscription begins anew', async () => {
  const server = await startOnePacketServer(async function* (to) {
    yield 1;
    if (server.opened() === 1) await new Promise(() => undefined);
    for (let n = 2; n <= to; n += 1) yield n;
  });
  const states: string[] = [];
  const subscriptions = createSubscriptions({
    url: server.url.replace('http', 'ws'),
    connectionParams: () => ({}),
    patience: { forMs: 10_000, longestPauseMs: 50 },
    webSocket: WebSocket,
    pings: { everyMs: 50, answeredWithinMs: 200 },
    onSocket: (state) => states.push(state),
  });
  const numbers: unknown[] = [];
  await new Promise<void>((complete, error) => {
    subscriptions.subscribe(
      { query: 'subscription { count(to: 3) }', variables: {} },
      {
        next: ({ data }) => {
          numbers.push(data?.['count']);
          // As if the cable were pulled: nothing is read, nothing is answered, nothing is closed.
          if (server.opened() === 1) for (const socket of server.sockets()) socket.pause();
        },
        complete,
        error,
      },
    );
  });
  expect(numbers).toEqual([1, 1, 2, 3]);
  expect(states).toEqual(['open', 'lost', 'open']);
  await subscriptions.close();
  await server.stop();
});

test('pings that are answered keep a silent socket open', async () => {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const server = await startOnePacketServer(async function* () {
    yield 1;
    await finished;
    yield 2;
  });
  const subscriptions = createSubscriptions({
    url: server.url.replace('http', 'ws'),
    connectionParams: () => ({}),
    patience: { forMs: 10_000, longestPauseMs: 50 },
    webSocket: WebSocket,
    pings: { everyMs: 20, answeredWithinMs: 1000 },
  });
  const numbers: unknown[] = [];
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const complete = new Promise<void>((resolve, error) => {
    const next = (number: unknown): void => {
      numbers.push(number);
      begin();
    };
    subscriptions.subscribe(
      { query: 'subscription { count(to: 3) }', variables: {} },
      { next: ({ data }) => next(data?.['count']), complete: resolve, error },
    );
  });
  await begun;
  let pings = 0;
  const [socket] = server.sockets();
  while (socket && pings < 5) {
    const [data] = (await once(socket, 'message')) as [Buffer];
    if (String(data).includes('"ping"')) pings += 1;
  }
  finish();
  await complete;
  expect(numbers).toEqual([1, 2]);
  expect(server.opened()).toBe(1);
  await subscriptions.close();
  await server.stop();
});
