import type { Fetcher } from '@graphiql/toolkit';
import { Kind, parse, type DocumentNode } from 'graphql';

/**
 * Asks for a document's only operation by its own name and kind. GraphiQL notices a moment late that another tab
 * came to the front: run at once, the operation would be asked for by the name of the last tab's, and a subscription
 * be taken for a query.
 */
export function byItsName(fetcher: Fetcher): Fetcher {
  return (params, options) => {
    const documentAST = documentOf(params.query);
    const names = operationNames(documentAST);
    if (documentAST === undefined || names.length !== 1) return fetcher(params, options);
    const { operationName: _late, ...rest } = params;
    const [name] = names;
    return fetcher(name === undefined ? rest : { ...rest, operationName: name }, { ...options, documentAST });
  };
}

function documentOf(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    // The service says what is wrong with it.
    return undefined;
  }
}

/** The names of a document's operations, in their order. */
function operationNames(document: DocumentNode | undefined): (string | undefined)[] {
  return (document?.definitions ?? []).flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
  );
}
