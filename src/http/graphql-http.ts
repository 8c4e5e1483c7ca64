import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import { Router } from 'express';
import { getOperationAST, OperationTypeNode, type GraphQLFormattedError } from 'graphql';
import type { Server } from 'node:http';
import type { Keyring } from '../auth/keyring.js';
import { CodedError, ERROR_DESCRIPTIONS } from '../errors.js';
import type { OperationRecord, TellOperation } from '../observability/operation-record.js';
import type { ReportDefect } from '../service/public-fault.js';
import type { Context, Services } from '../service/services.js';
import { authenticate } from './authenticate.js';
import { requestContext } from './context.js';
import type { GraphqlEngine } from './graphql-engine.js';
import { readGraphqlRequest } from './graphql-request.js';
import { codeOf, operationFacts } from './operation-facts.js';
import { refuseLate } from './request-errors.js';
import { recordOf, recordOperations } from './request-log.js';
import { timeLimit } from './time-limit.js';

export interface GraphqlHttpOptions {
  readonly engine: GraphqlEngine;
  readonly services: Services;
  readonly keyring: Keyring | undefined;
  readonly server: Server;
  /** Where it answers; nothing beneath them. */
  readonly paths: readonly string[];
  readonly report: ReportDefect;
  readonly tell: TellOperation;
  readonly uploadBytes: number;
  readonly requestTimeoutMs: number;
}

export interface GraphqlHttp {
  readonly router: Router;
  /** Answers what is under way and closes idle connections. */
  stop(): Promise<void>;
}

/** GraphQL over HTTP: JSON and multipart bodies. */
export async function graphqlHttp(options: GraphqlHttpOptions): Promise<GraphqlHttp> {
  const { engine, services, keyring, server, paths, report, tell, uploadBytes, requestTimeoutMs } = options;
  const apollo = new ApolloServer<RecordedContext>({
    schema: engine.schema,
    introspection: true,
    parseOptions: { maxLexicalTokens: engine.maxTokens },
    // The last fault that is told may be that there are more.
    validationOptions: { maxErrors: engine.maxFaults - 1 },
    includeStacktraceInErrorResponses: false,
    formatError: (_formatted, error) => engine.publicError(error, report),
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: server, stopGracePeriodMillis: 5000 }),
      limitsPlugin(engine, report),
    ],
  });
  await apollo.start();

  const router = Router();
  router.all(
    [...paths],
    recordOperations(tell, 'http'),
    timeLimit(requestTimeoutMs, refuseLate),
    authenticate(keyring),
    readGraphqlRequest(uploadBytes, engine),
    expressMiddleware(apollo, {
      context: ({ req: request, res: response }) =>
        Promise.resolve({ ...requestContext(services, { request, response }), record: recordOf(response) }),
    }),
  );
  return { router, stop: () => apollo.stop() };
}

/** What is known of a request, and what the log is to know of it. */
interface RecordedContext extends Context {
  readonly record: OperationRecord | undefined;
}

/** Refuses operations before they are carried out, with all their faults at once. */
function limitsPlugin(engine: GraphqlEngine, report: ReportDefect): ApolloServerPlugin<RecordedContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: ({ document, contextValue, request: { operationName, variables } }) => {
          const { refusals, cost } =
            getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION
              ? { refusals: [overSocketOnly()], cost: undefined }
              : engine.admit({ document, operationName, variables });
          contextValue.record?.note({ cost, ...operationFacts(document, operationName) });
          return Promise.resolve(
            refusals.length === 0
              ? null
              : refusal(refusals.map((fault) => engine.publicError(fault, report))),
          );
        },
        willSendResponse: ({ contextValue: { record }, response: { body } }) => {
          const [error] = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
          if (error) record?.note({ code: codeOf(error) });
          return Promise.resolve();
        },
      }),
  };
}

function refusal(errors: readonly GraphQLFormattedError[]): GraphQLResponse {
  return {
    http: { status: ERROR_DESCRIPTIONS[codeOf(errors[0])].status, headers: new HeaderMap() },
    body: { kind: 'single', singleResult: { errors } },
  };
}

function overSocketOnly(): CodedError {
  return new CodedError(
    'BAD_USER_INPUT',
    'Subscriptions are answered over a WebSocket (graphql-transport-ws) at this same address, not over HTTP.',
  );
}
