import { once } from 'node:events';
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { engineOver } from '../../src/graphql/engine.js';
import { graphqlWs } from '../../src/http/graphql-ws.js';
import type { Services } from '../../src/service/services.js';

const LARGE = 'x'.repeat(1_000_000);
const LAST = 200;

/** The WebSocket of a schema of which every answer is a megabyte, and a client that has stopped reading. */
async function stalledClient(maxBufferedBytes?: number) {
  const asked: number[] = [];
  async function* states() {
    for (let state = 1; state <= LAST; state += 1) {
      asked.push(state);
      await setImmediate();
      yield { state: LARGE };
    }
  }
  const state = { type: GraphQLString };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { state: { ...state, resolve: () => LARGE } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: { state: { ...state, subscribe: states } },
    }),
  });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const report = vi.fn();
  const services = {} as Services;
  const ws = graphqlWs({
    engine: engineOver(schema, { list: () => [] }),
    services,
    keyring: undefined,
    server,
    refusedUpgrade: () => undefined,
    report,
    paths: ['/graphql'],
    tell: () => undefined,
    ...(maxBufferedBytes && { maxBufferedBytes }),
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  onTestFinished(async () => {
    client.terminate();
    await ws.stop();
    server.close();
  });
  await once(client, 'open');
  const say = (message: object) => client.send(JSON.stringify(message));
  say({ type: 'connection_init' });
  await once(client, 'message');
  client.pause();
  const ask = (id: string, query: string) => say({ type: 'subscribe', id, payload: { query } });
  return { client, asked, ask };
}

test('a subscription is not asked for more than its reader takes', async () => {
  const { client, asked, ask } = await stalledClient();
  ask('1', 'subscription { state }');
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1));
  // Until the pipes are full.
  for (let before = 0; before < asked.length;) {
    before = asked.length;
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  }
  expect(asked.length).toBeLessThan(LAST / 2);

  const ends = new Promise<void>((resolve) => {
    client.on('message', (text: Buffer) => {
      if (text.includes('"type":"complete"')) resolve();
    });
  });
  client.resume();
  await ends;
  expect(asked).toHaveLength(LAST);
});

test('a client that asks and does not read is let go of', async () => {
  const { client, ask } = await stalledClient(3_000_000);
  for (let id = 1; id <= 90; id += 1) ask(String(id), '{ state }');
  const closed = once(client, 'close');
  // What is in the pipes comes before the end.
  await setImmediate();
  client.resume();
  const [code] = (await closed) as [number];
  expect(code).toBe(1006);
});
