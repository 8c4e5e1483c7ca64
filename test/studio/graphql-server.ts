import { EventEmitter, on, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import helmet from 'helmet';
import { WebSocketServer } from 'ws';
import { pageRoutes } from '../../src/http/pages.js';

/** What the caller said he is: an HTTP header, or a connection parameter of his WebSocket. */
interface Caller {
  readonly key: string | undefined;
}

/** The page under test before a real API: queries over HTTP, subscriptions over graphql-ws, on one path. */
export interface GraphqlServer {
  readonly address: string;
  /** Lets every subscription to `ticks` receive this number. */
  tick(count: number): void;
  /** Resolves when a subscription to `ticks` has begun to listen. */
  subscribed(): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param studioDir the built pages */
export async function startGraphqlServer(studioDir: string): Promise<GraphqlServer> {
  const ticks = new EventEmitter();
  const schema = schemaOf(ticks);
  const apollo = new ApolloServer<Caller>({ schema, plugins: [ApolloServerPluginLandingPageDisabled()] });
  await apollo.start();

  const app = express();
  // The service's own defaults: the page must work beneath them.
  app.use(helmet());
  app.use(pageRoutes({ studioDir, imageOrigin: () => Promise.resolve('http://127.0.0.1') }));
  app.use(
    '/graphql',
    express.json(),
    expressMiddleware(apollo, {
      context: ({ req }) => Promise.resolve({ key: req.get('x-api-key') }),
    }),
  );
  const server = createServer(app);
  const sockets = useServer(
    {
      schema,
      context: ({ connectionParams }): Caller => ({
        key: connectionParams?.['x-api-key'] as string | undefined,
      }),
    },
    new WebSocketServer({ server, path: '/graphql' }),
  );
  return {
    address: await listen(server),
    tick: (count) => ticks.emit('tick', count),
    subscribed: () => once(ticks, 'subscribed'),
    stop: async () => {
      await sockets.dispose();
      server.closeAllConnections();
      server.close();
      await apollo.stop();
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new TypeError('expected a TCP address');
  return `http://127.0.0.1:${bound.port}`;
}

function schemaOf(ticks: EventEmitter): GraphQLSchema {
  return new GraphQLSchema({
    query: new GraphQLObjectType<unknown, Caller>({
      name: 'Query',
      description: 'Where this little API is read.',
      fields: {
        greet: {
          type: GraphQLString,
          args: { name: { type: new GraphQLNonNull(GraphQLString) } },
          resolve: (_source, { name }: { name: string }) => `Hello ${name}`,
        },
        caller: { type: GraphQLString, resolve: (_source, _arguments, { key }) => key ?? 'nobody' },
      },
    }),
    subscription: new GraphQLObjectType<unknown, Caller>({
      name: 'Subscription',
      fields: {
        ticks: {
          type: GraphQLString,
          args: { until: { type: new GraphQLNonNull(GraphQLInt) } },
          subscribe: (_source, { until }: { until: number }, { key }) => follow(ticks, until, key),
        },
      },
    }),
  });
}

/** The ticks as they come, with the caller's key, up to and with `until`. */
async function* follow(
  ticks: EventEmitter,
  until: number,
  key = 'nobody',
): AsyncGenerator<{ ticks: string }> {
  const arriving = on(ticks, 'tick');
  ticks.emit('subscribed');
  for await (const [count] of arriving as AsyncIterable<[number]>) {
    yield { ticks: `tick ${count} for ${key}` };
    if (count >= until) return;
  }
}
