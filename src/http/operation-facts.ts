import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { ErrorCode } from '../errors.js';
import type { OperationFacts } from '../observability/operation-record.js';

/** An operation that is carried out has no more than these at its root. */
const MAX_FIELDS = 10;

/** What a valid operation is known by in the log; nothing of one that is not in its document. */
export function operationFacts(
  document: DocumentNode,
  operationName: string | null | undefined,
): OperationFacts {
  const operation = getOperationAST(document, operationName);
  if (!operation) return {};
  const fields = [...fieldsOf(operation.selectionSet, document)].slice(0, MAX_FIELDS);
  return { operation: operation.name?.value, type: operation.operation, fields };
}

/** The names of all fields that operations may have at their root. */
export function rootFields(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) => Object.keys(root?.getFields() ?? {}));
}

/** The code of an error that `publicError` has made: each has one of the public codes. */
export function codeOf(error: GraphQLFormattedError | undefined): ErrorCode {
  return error?.extensions?.['code'] as ErrorCode;
}

/** The names of the fields of a selection, with its fragments put in; each is looked at once. */
function fieldsOf(
  set: SelectionSetNode,
  document: DocumentNode,
  seen = new Set<SelectionSetNode>(),
): Set<string> {
  const names = new Set<string>();
  if (seen.has(set)) return names;
  seen.add(set);
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      names.add(node.name.value);
      continue;
    }
    const inside = node.kind === Kind.INLINE_FRAGMENT ? node : fragmentOf(document, node.name.value);
    if (inside) for (const name of fieldsOf(inside.selectionSet, document, seen)) names.add(name);
  }
  return names;
}

function fragmentOf({ definitions }: DocumentNode, name: string): FragmentDefinitionNode | undefined {
  return definitions.find(
    (node): node is FragmentDefinitionNode =>
      node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
  );
}
