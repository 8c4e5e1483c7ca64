import { Client, subscriptionExchange, type Operation } from '@urql/core';
import {
  execute,
  subscribe,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { ReportDefect } from '../service/public-fault.js';
import type { Context } from '../service/services.js';

/** What is executed, and what is shown of errors. */
export interface InProcessEngine {
  readonly schema: GraphQLSchema;
  readonly publicError: (error: unknown, report: ReportDefect) => GraphQLFormattedError;
}

export interface InProcessOptions {
  readonly engine: InProcessEngine;
  readonly context: (signal: AbortSignal) => Context;
  /** Told of defects, which are masked in answers. */
  readonly report: ReportDefect;
}

/** Never reached, and never asked for. */
export const NOWHERE = 'http://local.invalid';

/**
 * A client whose operations are executed in this process. They are not checked or measured as those of strangers
 * are: a test executes each of them against the schema.
 */
export function inProcessClient(options: InProcessOptions): Client {
  const exchange = subscriptionExchange({
    enableAllOperations: true,
    forwardSubscription: (_body, operation) => ({
      subscribe: (sink) => {
        const gone = new AbortController();
        (async () => {
          for await (const result of resultsOf(operation, gone.signal, options)) sink.next(result);
          sink.complete();
        })().catch((error: unknown) => sink.error(error));
        return { unsubscribe: () => gone.abort() };
      },
    }),
  });
  return new Client({ url: NOWHERE, exchanges: [exchange], preferGetMethod: false });
}

interface Sent {
  data: Record<string, unknown> | null;
  errors?: GraphQLFormattedError[];
}

async function* resultsOf(
  { kind, query, variables }: Operation,
  signal: AbortSignal,
  { engine, context, report }: InProcessOptions,
): AsyncGenerator<Sent> {
  const request = {
    schema: engine.schema,
    document: query,
    variableValues: given(await withoutFiles(variables ?? {})),
    contextValue: context(signal),
  };
  const answer = await (kind === 'subscription' ? subscribe(request) : execute(request));
  for await (const { data, errors } of Symbol.asyncIterator in answer ? answer : [answer]) {
    yield {
      data: asSent(data),
      ...(errors && { errors: errors.map((error) => engine.publicError(error, report)) }),
    };
  }
}

/** Variables that are undefined would not reach a server, where they take their defaults. */
function given(variables: Record<string, unknown>): typeof variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

/** There is no request that a file could be a part of: its bytes go as base64. */
async function withoutFiles({ image, ...variables }: Record<string, unknown>): Promise<typeof variables> {
  if (image === undefined) return variables;
  const { upload } = image as { upload?: unknown };
  if (!(upload instanceof Blob)) return { ...variables, image };
  const base64 = Buffer.from(await upload.arrayBuffer()).toString('base64');
  return { ...variables, image: { base64 } };
}

/** As it comes from a server: times and addresses as text. */
function asSent(data: ExecutionResult['data']): Sent['data'] {
  return data == null ? null : (JSON.parse(JSON.stringify(data)) as Sent['data']);
}
