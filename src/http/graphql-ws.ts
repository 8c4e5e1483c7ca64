import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { CodedError } from '../errors.js';
import { withLogContext } from '../observability/log-context.js';
import { OperationRecord, type TellOperation } from '../observability/operation-record.js';
import type { ReportDefect } from '../service/public-fault.js';
import type { Context, Services } from '../service/services.js';
import type { Keyring } from '../auth/keyring.js';
import { unauthenticated, UNAUTHENTICATED_CLOSE } from './authenticate.js';
import type { GraphqlEngine } from './graphql-engine.js';
import { codeOf, operationFacts } from './operation-facts.js';
import { refuseUpgrade } from './refusal.js';
import { requestIdOf } from './request-log.js';
import { serveSocket, type SocketExtra } from './graphql-ws-socket.js';
import { SocketOperations } from './socket-operations.js';

export interface GraphqlWsOptions {
  readonly engine: GraphqlEngine;
  readonly services: Services;
  readonly keyring: Keyring | undefined;
  readonly server: Server;
  /** Where sockets are opened; nothing beneath them. */
  readonly paths: readonly string[];
  /** Why a socket is not opened; undefined when it may be. */
  readonly refusedUpgrade: (request: IncomingMessage) => CodedError | undefined;
  readonly report: ReportDefect;
  readonly tell: TellOperation;
  /** Answers that a client has not read yet; beyond this its socket is ended. */
  readonly maxBufferedBytes?: number;
}

/** A query is text; images are for HTTP. */
const MAX_MESSAGE_BYTES = 1_000_000;
const MAX_SUBSCRIPTIONS_PER_SOCKET = 100;
/** Several of the largest answers at a time. */
const MAX_BUFFERED_BYTES = 64_000_000;
const KEEP_ALIVE_MS = 12_000;
const GOING_AWAY = 1001;
/** For a peer's own goodbye; one that is gone would otherwise be waited for until half a minute has passed. */
const CLOSE_LIMIT_MS = 2000;

/**
 * GraphQL over WebSocket (the graphql-transport-ws protocol). A subscription's next
 * state is asked for when the one before has been sent: whoever reads slowly gets fewer, and the latest.
 */
export function graphqlWs({
  engine,
  services,
  keyring,
  server,
  paths,
  refusedUpgrade,
  report,
  tell,
  maxBufferedBytes = MAX_BUFFERED_BYTES,
}: GraphqlWsOptions): { stop(): Promise<void> } {
  const sockets = new WebSocketServer({
    // Not `server`: the errors of the HTTP server, a port in use among them, are not the sockets' to report.
    noServer: true,
    handleProtocols,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  sockets.shouldHandle = ({ url = '' }) => paths.includes(url.replace(/\?.*$/s, ''));
  const stopped = new AbortController();
  const shown = (errors: readonly unknown[]) => errors.map((error) => engine.publicError(error, report));

  const protocol = makeServer<Record<string, unknown>, SocketExtra>({
    schema: engine.schema,
    onConnect: ({ connectionParams, extra }) => {
      if (!keyring) return true;
      const { authorization } = connectionParams ?? {};
      const holder = keyring.holderOf(authorization);
      if (holder !== undefined) {
        extra.holder = holder;
        const forget = keyring.whenWithdrawn(authorization, () =>
          extra.socket.close(UNAUTHENTICATED_CLOSE, WITHDRAWN),
        );
        extra.socket.once('close', forget);
        return true;
      }
      const { message } = unauthenticated(authorization !== undefined);
      // Its own refusal is 4403, which the protocol's client tries again for ever.
      extra.socket.close(UNAUTHENTICATED_CLOSE, reasonFor(message));
      return false;
    },
    context: ({ extra: { holder, gone } }): Context => ({
      services,
      ...holder,
      signal: AbortSignal.any([gone, stopped.signal]),
    }),
    onSubscribe: ({ subscriptions, extra: { holder, operations } }, _id, payload) => {
      operations.begin({ owner: holder.owner });
      const refuse = (refusals: readonly GraphQLError[]) => {
        // Where the client has completed it meanwhile, nobody asks for what is shown of them.
        operations.note({ code: codeOf(engine.publicError(refusals[0], () => undefined)) });
        return refusals;
      };
      if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS_PER_SOCKET) return refuse([tooMany()]);
      const { document, args, cost, refusals } = engine.readOperation(payload);
      operations.note({ cost, ...(document && operationFacts(document, payload.operationName)) });
      return args ?? refuse(refusals);
    },
    onOperation: ({ extra: { operations } }, _id, _payload, _args, result) => {
      if (Symbol.asyncIterator in result) operations.follow();
    },
    onNext: ({ extra: { operations } }, _id, _payload, _args, { data, errors }) => {
      const answered = data === undefined ? {} : { data };
      if (!errors) {
        operations.answer();
        return answered;
      }
      const told = shown(errors);
      operations.note({ code: codeOf(told[0]) });
      return { ...answered, errors: told };
    },
    onError: ({ extra: { operations } }, _id, _payload, errors) => {
      const told = shown(errors);
      operations.note({ code: codeOf(told[0]) });
      return told;
    },
  });
  const socketOptions = {
    keepAliveMs: KEEP_ALIVE_MS,
    maxBufferedBytes,
    report: (error: unknown) => report(error, undefined),
  };
  const record = () => new OperationRecord(tell, 'websocket');
  sockets.on('headers', (headers, request) => headers.push(`X-Request-Id: ${requestIdOf(request)}`));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const requestId = requestIdOf(request);
    withLogContext({ requestId }, () => {
      const refusal = refusedUpgrade(request);
      if (refusal) {
        refuseUpgrade(socket, refusal, requestId);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (opened) =>
        serveSocket(protocol, opened, request, {
          ...socketOptions,
          operations: new SocketOperations(record, request.headers),
        }),
      );
    });
  });

  return {
    stop: async () => {
      stopped.abort();
      for (const client of sockets.clients) client.close(GOING_AWAY, 'The service is going away');
      const limit = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, CLOSE_LIMIT_MS);
      await new Promise((closed) => sockets.close(closed));
      clearTimeout(limit);
    },
  };
}

function tooMany(): GraphQLError {
  return new GraphQLError(
    `At most ${MAX_SUBSCRIPTIONS_PER_SOCKET} subscriptions are allowed on one socket.`,
    { extensions: { code: 'BAD_USER_INPUT' } },
  );
}

const WITHDRAWN = 'The API key of this socket has been withdrawn.';

/** A close frame holds 123 bytes of text. */
function reasonFor(message: string): string {
  return message.slice(0, message.indexOf('.') + 1).slice(0, 120);
}
