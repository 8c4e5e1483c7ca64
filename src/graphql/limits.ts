import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
// The ESM build of this package loads a second copy of graphql, to which our schema is a stranger.
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity/cjs';
import { CodedError } from '../errors.js';
import { answerBytes, type AnswerBounds } from './answer-size.js';
import { MAX_ANSWER_BYTES, MAX_COST, MAX_DEPTH, MAX_FIELDS, MAX_ROOT_FIELDS } from './costs.js';

/** An operation that was found valid, with its variables coerced. */
export interface CoercedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they came: the library that adds up costs coerces them itself. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Refuses operations that select too much at once: fields at the root, levels, and fields in all.
 * @throws CodedError QUERY_TOO_COSTLY
 */
export function checkExtent(document: DocumentNode, operation: OperationDefinitionNode): void {
  const { fields, total, depth } = extentOf(operation.selectionSet, fragmentsOf(document));
  if (fields > MAX_ROOT_FIELDS) {
    throw tooCostly(
      `has ${fields} fields at its root, and at most ${MAX_ROOT_FIELDS} are allowed. Send several operations instead`,
    );
  }
  if (depth > MAX_DEPTH) throw tooCostly(`is ${depth} levels deep, and at most ${MAX_DEPTH} are allowed`);
  if (total > MAX_FIELDS) {
    throw tooCostly(`selects ${total} fields, and at most ${MAX_FIELDS} are allowed. Select less at a time`);
  }
}

/**
 * What an operation costs, in points (see costs.ts).
 * @throws GraphQLError for an argument that a variable leaves without its value
 */
export function operationCost(
  schema: GraphQLSchema,
  { document, operation, inputs }: CoercedOperation,
): number {
  const cost = getComplexity({
    schema,
    query: document,
    ...(operation.name ? { operationName: operation.name.value } : {}),
    variables: inputs,
    estimators: [costOf],
  });
  return Math.ceil(cost);
}

/**
 * Refuses operations that cost too much work.
 * @param cost in points
 * @throws CodedError QUERY_TOO_COSTLY
 */
export function checkCost(cost: number): void {
  if (cost <= MAX_COST) return;
  throw tooCostly(`costs ${cost} points, and at most ${MAX_COST} are allowed. Select less at a time`);
}

/**
 * Refuses operations that may be answered with too much.
 * @throws CodedError QUERY_TOO_COSTLY
 */
export function checkAnswerSize(
  schema: GraphQLSchema,
  { document, operation, variables }: CoercedOperation,
  bounds: AnswerBounds,
): void {
  const root = schema.getRootType(operation.operation);
  if (!root) return;
  const measured = { schema, fragments: fragmentsOf(document), variables, bounds };
  const bytes = answerBytes(measured, root, operation.selectionSet);
  if (bytes > MAX_ANSWER_BYTES) {
    throw tooCostly(
      `may be answered with ${Math.ceil(bytes / 1000)} kB, and at most ${MAX_ANSWER_BYTES / 1000} kB are allowed. Select less at a time`,
    );
  }
}

function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
}

/** What a field says of its own cost; one point and what is below it where it says nothing. */
const costOf: ComplexityEstimator = (args) => {
  const own: unknown = args.field.extensions['complexity'];
  if (isEstimator(own)) return own(args);
  return args.childComplexity + (typeof own === 'number' ? own : 1);
};

function isEstimator(value: unknown): value is ComplexityEstimator {
  return typeof value === 'function';
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** How much a selection asks for, with its fragments put in. */
interface Extent {
  /** Fields of this selection itself. */
  readonly fields: number;
  /** Fields of it and of everything below. */
  readonly total: number;
  /** Levels; introspection, which is deep by nature and computes nothing, is none. */
  readonly depth: number;
}

const NOTHING: Extent = { fields: 0, total: 0, depth: 0 };

/**
 * Measures each selection once, however often fragments bring it in: thirty fragments that each spread the next
 * one twice are a thousand million fields. Validation has made sure that fragments do not contain themselves.
 */
function extentOf(
  set: SelectionSetNode | undefined,
  fragments: Fragments,
  measured = new Map<SelectionSetNode, Extent>(),
): Extent {
  if (!set) return NOTHING;
  const known = measured.get(set);
  if (known) return known;
  let { fields, total, depth } = NOTHING;
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      const below = extentOf(node.selectionSet, fragments, measured);
      fields += 1;
      total += 1 + below.total;
      if (!node.name.value.startsWith('__')) depth = Math.max(depth, 1 + below.depth);
    } else {
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      const inside = extentOf(fragment?.selectionSet, fragments, measured);
      fields += inside.fields;
      total += inside.total;
      depth = Math.max(depth, inside.depth);
    }
  }
  const extent = { fields, total, depth };
  measured.set(set, extent);
  return extent;
}

function tooCostly(what: string): CodedError {
  return new CodedError('QUERY_TOO_COSTLY', `The operation ${what}.`);
}
