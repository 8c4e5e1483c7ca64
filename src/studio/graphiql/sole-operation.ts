import type { Fetcher } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';

/**
 * Leaves out the operation's name where a document has one operation only. GraphiQL notices a moment late that
 * another tab came to the front: run at once, the operation would be asked for by the name of the last tab's.
 */
export function byItself(fetcher: Fetcher): Fetcher {
  return (params, options) => {
    if (!params.operationName || !isSole(params.query)) return fetcher(params, options);
    const { operationName: _late, ...rest } = params;
    return fetcher(rest, options);
  };
}

function isSole(query: string): boolean {
  try {
    const { definitions } = parse(query);
    return definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
  } catch {
    // The service says what is wrong with it.
    return false;
  }
}
