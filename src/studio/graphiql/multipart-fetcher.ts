import type { Fetcher } from '@graphiql/toolkit';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { fileVariables, withoutFiles, type FileVariable } from './file-variables.js';
import type { Files } from './files.js';

/**
 * Sends operations whose variables name files as GraphQL multipart requests
 * (https://github.com/jaydenseric/graphql-multipart-request-spec), and leaves all others to another fetcher.
 * @param url where the service's GraphQL is
 */
export function multipartFetcher(url: string, others: Fetcher, files: Files): Fetcher {
  return (params, options) => {
    const wanted = fileVariables(params.variables);
    if (wanted.length === 0) return others(params, options);
    return send(url, params, wanted, files, options?.headers ?? {});
  };
}

interface Operation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: unknown;
}

async function send(
  url: string,
  { query, operationName, variables }: Operation,
  wanted: readonly FileVariable[],
  files: Files,
  headers: Readonly<Record<string, unknown>>,
): Promise<ExecutionResult> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, operationName, variables: withoutFiles(variables) }));
  form.set('map', JSON.stringify(Object.fromEntries(wanted.map(({ path }, index) => [index, [path]]))));
  await files.arrived;
  for (const [index, { name }] of wanted.entries()) {
    const file = files.find(name);
    if (!file) return refusal(`There is no file '${name}'. Choose it in the Files panel on the left first.`);
    form.set(String(index), await file.read(), name);
  }
  const own = Object.entries(headers).map(([key, value]) => [key, String(value)] as const);
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...Object.fromEntries(own), 'apollo-require-preflight': 'true' },
    body: form,
  });
  return (await response.json()) as ExecutionResult;
}

/** As the service would say it: what is thrown, GraphiQL shows with its stack. */
function refusal(message: string): ExecutionResult {
  return { errors: [new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })] };
}
