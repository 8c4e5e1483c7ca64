import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { introspectionLengths } from './introspection-lengths.js';

type Values = Readonly<Record<string, unknown>>;

/** How much this service can have to say. */
export interface AnswerBounds {
  /** Models in the catalog. */
  readonly models: number;
  /** Bytes of the longest list of labels. */
  readonly labelBytes: number;
}

/** What a list's length or a leaf's size follows from. */
export interface SizeQuestion {
  /** Arguments of the field that the list belongs to: `maxObjects` stands on `detectObjects`, not on `objects`. */
  readonly parentArgs: Values;
  readonly bounds: AnswerBounds;
}

/** Extensions of a field: the most items of a list, and the most bytes of a leaf. */
export interface SizeExtensions {
  readonly items?: (question: SizeQuestion) => number;
  readonly bytes?: number | ((question: SizeQuestion) => number);
}

/** Of a number, a word or a date, its quotes and comma included. */
const USUAL_LEAF_BYTES = 40;
/** Of a list whose field does not say: those of a few enum-like members. */
const USUAL_ITEMS = 5;

export interface MeasuredOperation {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced. */
  readonly variables: Values;
  readonly bounds: AnswerBounds;
}

/**
 * The most bytes that an operation's answer may have, `base64` of images apart, which stored-image.ts bounds. Lists
 * count with all that may come.
 */
export function answerBytes(
  operation: MeasuredOperation,
  root: GraphQLObjectType,
  selections: SelectionSetNode,
): number {
  return bytesOf(operation, selections, root, { name: '', args: {} });
}

/** The field whose selection is being measured. */
interface Parent {
  readonly name: string;
  readonly args: Values;
}

function bytesOf(
  operation: MeasuredOperation,
  set: SelectionSetNode,
  type: GraphQLObjectType,
  parent: Parent,
): number {
  let bytes = 2;
  for (const node of set.selections) {
    if (!isIncluded(node, operation.variables)) continue;
    if (node.kind === Kind.FIELD) {
      bytes += fieldBytes(operation, node, type, parent);
    } else {
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : operation.fragments.get(node.name.value);
      if (fragment) bytes += bytesOf(operation, fragment.selectionSet, type, parent);
    }
  }
  return bytes;
}

function fieldBytes(
  operation: MeasuredOperation,
  node: FieldNode,
  type: GraphQLObjectType,
  parent: Parent,
): number {
  const field = fieldOf(type, node.name.value);
  if (!field) return 0;
  const key = (node.alias ?? node.name).value.length + 4;
  const { items, bytes } = field.extensions as SizeExtensions;
  const question: SizeQuestion = { parentArgs: parent.args, bounds: operation.bounds };
  const own = typeof bytes === 'function' ? bytes(question) : bytes;
  // A leaf says its size as a whole, a list of words included.
  if (own !== undefined) return key + own;

  const named = getNamedType(field.type);
  const each =
    node.selectionSet && isObjectType(named)
      ? bytesOf(operation, node.selectionSet, named, {
          name: field.name,
          args: getArgumentValues(field, node, operation.variables),
        })
      : USUAL_LEAF_BYTES;
  if (!isList(field.type)) return key + each;
  const introspected = introspectionLengths(operation.schema)(type.name, field.name, parent.name);
  return key + (items?.(question) ?? introspected ?? USUAL_ITEMS) * each;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

function isIncluded(node: SelectionSetNode['selections'][number], variables: Values): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
  return skip?.['if'] !== true && include?.['if'] !== false;
}

const META_FIELDS: ReadonlyMap<string, GraphQLField<unknown, unknown>> = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((field) => [field.name, field]),
);

function fieldOf(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
  return META_FIELDS.get(name) ?? type.getFields()[name];
}
