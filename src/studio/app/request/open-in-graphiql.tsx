import { useMemo } from 'react';
import { handOver, handedAt, newHandOver } from '../../handed-request.js';
import { GRAPHQL_URL } from '../../service-url.js';
import { readableVariables } from './plain-request.js';

interface OpenInGraphiqlProps {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Opens the request in GraphiQL, in a tab of its own, with its files at hand. */
export function OpenInGraphiql({ query, variables }: OpenInGraphiqlProps) {
  const id = useMemo(newHandOver, [query, variables]);
  const leave = (): void =>
    handOver(id, { query, variables: readableVariables(variables), files: filesIn(variables) });
  return (
    <a
      className="button small"
      href={handedAt(GRAPHQL_URL, id)}
      target="_blank"
      rel="noopener"
      onClick={leave}
      // The middle button opens links too.
      onAuxClick={leave}
    >
      Open in GraphiQL
    </a>
  );
}

function filesIn(value: unknown): File[] {
  if (value instanceof File) return [value];
  if (typeof value !== 'object' || value === null || value instanceof Blob) return [];
  return Object.values(value).flatMap(filesIn);
}
