/** An operation takes time to parse and to validate, a hostile one most of all: neither is done twice. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import express from 'express';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { Parser } from 'graphql/language/parser.js';
import { ValidationContext } from 'graphql/validation/ValidationContext.js';
import { afterEach, beforeEach, expect, onTestFinished, test, vi, type Mock } from 'vitest';
import { WebSocket } from 'ws';
import { engineOver } from '../../src/graphql/engine.js';
import type { Services } from '../../src/service/services.js';
import { graphqlHttp } from '../../src/http/graphql-http.js';
import { graphqlWs } from '../../src/http/graphql-ws.js';
import { listen } from '../../src/http/server.js';

const FIELDS = { state: { type: GraphQLString, resolve: () => 'here' } };
const SCHEMA = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: FIELDS }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: { states: { type: GraphQLString, subscribe: states } },
  }),
});
async function* states() {
  yield await Promise.resolve({ states: 'here' });
  yield { states: 'there' };
}

let parsed: Mock;
let validating: Mock;
beforeEach(() => {
  parsed = vi.spyOn(Parser.prototype, 'parseDocument');
  // A rule asks for the document as it begins: there are as many validations as contexts that are asked.
  validating = vi.spyOn(ValidationContext.prototype, 'getDocument');
});
afterEach(() => {
  vi.restoreAllMocks();
});
const counts = () => ({
  parsed: parsed.mock.calls.length,
  validated: new Set(validating.mock.contexts).size,
});

/** A service of that schema, over both protocols. @returns its port */
async function serve(): Promise<number> {
  const app = express();
  const server = createServer(app);
  const engine = engineOver(SCHEMA, { list: () => [] });
  const services = {} as Services;
  const shared = {
    engine,
    services,
    keyring: undefined,
    server,
    report: vi.fn(),
    paths: ['/graphql'],
    tell: () => undefined,
  };
  const ws = graphqlWs({ ...shared, refusedUpgrade: () => undefined });
  const http = await graphqlHttp({ ...shared, uploadBytes: 1000, requestTimeoutMs: 10_000 });
  app.use(http.router);
  const port = await listen(server, '127.0.0.1', 0);
  onTestFinished(async () => {
    await ws.stop();
    await http.stop();
  });
  return port;
}

test.each([
  ['{ state }', ['next', 'complete']],
  ['subscription { states }', ['next', 'next', 'complete']],
  // The last one is a fault that validation finds.
  ['{ state nothing }', ['error']],
])('%s over a WebSocket is parsed and validated once', async (query, expected) => {
  const client = new WebSocket(`ws://127.0.0.1:${await serve()}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => client.terminate());
  await once(client, 'open');
  client.send(JSON.stringify({ type: 'connection_init' }));
  await once(client, 'message');
  const types: string[] = [];
  const ended = new Promise<void>((resolve) => {
    client.on('message', (text: Buffer) => {
      const { type } = JSON.parse(text.toString()) as { type: string };
      types.push(type);
      if (type !== 'next') resolve();
    });
  });
  client.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  await ended;
  expect(types).toEqual(expected);
  expect(counts()).toEqual({ parsed: 1, validated: 1 });
});

test('a query over HTTP is parsed and validated once, and not again when it comes again', async () => {
  const url = `http://127.0.0.1:${await serve()}/graphql`;
  const headers = { 'content-type': 'application/json' };
  const ask = () => fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: '{ state }' }) });
  expect(await (await ask()).json()).toEqual({ data: { state: 'here' } });
  expect(counts()).toEqual({ parsed: 1, validated: 1 });
  expect((await ask()).status).toBe(200);
  expect(counts()).toEqual({ parsed: 1, validated: 1 });
});
