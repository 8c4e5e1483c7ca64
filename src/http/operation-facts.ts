import { Kind, type OperationDefinitionNode } from 'graphql';
import type { OperationFacts } from '../observability/operation-record.js';

/** An operation that is carried out has no more than these at its root. */
const MAX_FIELDS = 10;

/** What an operation is known by in the access log. */
export function operationFacts({ name, operation, selectionSet }: OperationDefinitionNode): OperationFacts {
  const fields = selectionSet.selections.flatMap((node) =>
    node.kind === Kind.FIELD ? [node.name.value] : [],
  );
  return { operation: name?.value, type: operation, fields: fields.slice(0, MAX_FIELDS) };
}
