import type { Fetcher } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';

/**
 * Asks for a document's only operation by its own name. GraphiQL notices a moment late that another tab came to the
 * front: run at once, the operation would be asked for by the name of the last tab's.
 */
export function byItsName(fetcher: Fetcher): Fetcher {
  return (params, options) => {
    const names = operationNames(params.query);
    if (names.length !== 1) return fetcher(params, options);
    const { operationName: _late, ...rest } = params;
    const [name] = names;
    return fetcher(name === undefined ? rest : { ...rest, operationName: name }, options);
  };
}

/** The names of a document's operations, in their order. */
function operationNames(query: string): (string | undefined)[] {
  try {
    return parse(query).definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
    );
  } catch {
    // The service says what is wrong with it.
    return [];
  }
}
