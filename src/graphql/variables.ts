import { getVariableValues, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { Upload } from 'graphql-upload-ts';
import { shortened } from '../errors.js';

/** How many faults of one operation are told; what comes behind them is not even looked at. */
export const MAX_FAULTS = 20;
/** How many items a list of a variable may have: no model knows more labels. */
export const MAX_LIST_LENGTH = 5000;

type Inputs = Readonly<Record<string, unknown>>;

/** The values of an operation's variables, or what is wrong with them. */
export type Variables =
  | { readonly values: Readonly<Record<string, unknown>>; readonly faults?: never }
  | { readonly faults: readonly GraphQLError[]; readonly values?: never };

/**
 * Coerces the variables of an operation and stops at the first `MAX_FAULTS` faults. graphql writes every wrong value
 * whole into an error and builds one for each item of a list: it is shown a copy with short texts first.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  inputs: Inputs,
): Variables {
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  const given = names.filter((name) => Object.hasOwn(inputs, name));
  const tooLong = given.filter((name) => longestList(inputs[name]) > MAX_LIST_LENGTH);
  if (tooLong.length > 0) return { faults: tooLong.slice(0, MAX_FAULTS).map(listTooLong) };

  const copy = Object.fromEntries(given.map((name) => [name, presentable(inputs[name])]));
  // The last fault that is told may be that there are more.
  const options = { maxErrors: MAX_FAULTS - 1 };
  const short = getVariableValues(schema, variableDefinitions, copy, options);
  if (short.errors) return { faults: short.errors };
  const whole = getVariableValues(schema, variableDefinitions, inputs, options);
  return whole.errors ? { faults: whole.errors } : { values: whole.coerced };
}

/** What no input of the schema is nested as deep as. */
const MAX_NESTING = 8;
/** Addresses are parsed whole, so that theirs are kept longer. */
const ADDRESS = /^https?:/i;
const LONGEST_ADDRESS = 4096;

function longestList(value: unknown, level = 0): number {
  if (level > MAX_NESTING || typeof value !== 'object' || value === null || value instanceof Upload) return 0;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  const own = members.length;
  if (own > MAX_LIST_LENGTH) return own;
  return members.reduce<number>((longest, member) => Math.max(longest, longestList(member, level + 1)), own);
}

function listTooLong(name: string): GraphQLError {
  return new GraphQLError(
    `Variable "$${name}" has a list or an object of more than ${MAX_LIST_LENGTH} members, the most that are accepted. Send fewer.`,
  );
}

/** A value that is valid where the given one is, and short where graphql's errors quote it. */
function presentable(value: unknown, level = 0): unknown {
  if (typeof value === 'string')
    return ADDRESS.test(value) ? value.slice(0, LONGEST_ADDRESS) : shortened(value);
  if (typeof value !== 'object' || value === null) return value;
  // Still an upload for its scalar, and no list of functions for a reader.
  if (value instanceof Upload) return Object.create(value, { toJSON: { value: () => 'an uploaded file' } });
  if (level > MAX_NESTING) return '…';
  if (Array.isArray(value)) return QuotedList.from(value, (item: unknown) => presentable(item, level + 1));
  const quoted = Object.create(QUOTED_OBJECT) as object;
  for (const [key, member] of Object.entries(value)) {
    // Not an assignment, which a member called __proto__ would not survive.
    Object.defineProperty(quoted, shortened(key), {
      value: presentable(member, level + 1),
      enumerable: true,
      configurable: true,
    });
  }
  return quoted;
}

/** How many members of an object are named in a message. */
const MAX_NAMED = 5;

class QuotedList extends Array<unknown> {
  toJSON(): string {
    return `[${this.length} ${this.length === 1 ? 'item' : 'items'}]`;
  }
}

/** In errors it is shown by the names of its members alone: they tell what is wrong, and hold nobody's picture. */
const QUOTED_OBJECT = {
  toJSON(this: object): string {
    const names = Object.keys(this);
    const more = names.length > MAX_NAMED ? ', …' : '';
    return `{ ${names.slice(0, MAX_NAMED).join(', ')}${more} }`;
  },
};
