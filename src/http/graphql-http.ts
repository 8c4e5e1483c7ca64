import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { Router, type RequestHandler } from 'express';
import { GraphQLError, OperationTypeNode, type GraphQLSchema } from 'graphql';
import { graphqlUploadExpress } from 'graphql-upload-ts';
import type { Server } from 'node:http';
import type { Keyring } from '../access/keyring.js';
import { CodedError, messageOf } from '../errors.js';
import { MAX_TOKENS } from '../graphql/costs.js';
import { publicError, type ReportDefect } from '../graphql/errors.js';
import { checkLimits } from '../graphql/limits.js';
import type { Context, Services } from '../graphql/services.js';
import { authenticate } from './authenticate.js';
import { bodyLimit } from './body-limit.js';
import { requestContext } from './context.js';
import { refuseLate } from './request-errors.js';
import { timeLimit } from './time-limit.js';

export interface GraphqlHttpOptions {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly keyring: Keyring | undefined;
  readonly server: Server;
  readonly report: ReportDefect;
  readonly uploadBytes: number;
  readonly requestTimeoutMs: number;
}

export interface GraphqlHttp {
  readonly router: Router;
  /** Answers what is under way and closes idle connections. */
  stop(): Promise<void>;
}

/** GraphQL over HTTP: JSON and multipart bodies on /graphql. */
export async function graphqlHttp(options: GraphqlHttpOptions): Promise<GraphqlHttp> {
  const { schema, services, keyring, server, report, uploadBytes, requestTimeoutMs } = options;
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    includeStacktraceInErrorResponses: false,
    formatError: (_formatted, error) => publicError(error, report),
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: server, stopGracePeriodMillis: 5000 }),
      limitsPlugin(schema),
    ],
  });
  await apollo.start();

  const router = Router();
  router.use(
    '/graphql',
    timeLimit(requestTimeoutMs, refuseLate),
    authenticate(keyring),
    express.json({ limit: bodyLimit(uploadBytes) }),
    readUploads({ maxFileSize: uploadBytes, maxFiles: 10 }),
    expressMiddleware(apollo, {
      context: ({ req: request, res: response }) =>
        Promise.resolve(requestContext(services, { request, response })),
    }),
  );
  return { router, stop: () => apollo.stop() };
}

/** A multipart body that can not be read is its sender's fault, also where the parser gives no status for it. */
function readUploads(options: Parameters<typeof graphqlUploadExpress>[0]): RequestHandler {
  const read = graphqlUploadExpress(options);
  return (request, response, next) => {
    read(request, response, (error?: unknown) => {
      if (error instanceof Error && !('status' in error)) Object.assign(error, { status: 400 });
      next(error);
    });
  };
}

function limitsPlugin(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, request: { operationName, variables } }) => {
          try {
            if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw overSocketOnly();
            checkLimits(schema, { document, operationName, variables });
          } catch (error) {
            throw refused(error);
          }
          return Promise.resolve();
        },
      }),
  };
}

/** Apollo answers what a plugin throws with status 500, unless it is told that the client is at fault. */
function refused(error: unknown): GraphQLError {
  const originalError = error instanceof Error ? error : new Error(messageOf(error));
  const located = error instanceof GraphQLError ? error : undefined;
  return new GraphQLError(originalError.message, {
    originalError,
    nodes: located?.nodes ?? null,
    extensions: { ...located?.extensions, http: { status: 400 } },
  });
}

function overSocketOnly(): CodedError {
  return new CodedError(
    'BAD_USER_INPUT',
    'Subscriptions are answered over a WebSocket (graphql-transport-ws) at this same address, not over HTTP.',
  );
}
