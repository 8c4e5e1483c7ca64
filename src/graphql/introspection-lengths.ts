import { isEnumType, isInputObjectType, isObjectType, type GraphQLSchema } from 'graphql';

/** How many items a list of introspection has; undefined where that is not known. */
type Lengths = (type: string, field: string, parent: string) => number | undefined;

const known = new WeakMap<GraphQLSchema, Lengths>();

/**
 * The lengths of introspection's lists. Below `types`, where every type comes once, a list is as long as the average,
 * so that their product is what there is in all; anywhere else as the longest, since the largest type may be asked
 * for again and again.
 */
export function introspectionLengths(schema: GraphQLSchema): Lengths {
  const lengths = known.get(schema) ?? measured(schema);
  known.set(schema, lengths);
  return lengths;
}

function measured(schema: GraphQLSchema): Lengths {
  const types = Object.values(schema.getTypeMap());
  const counts: Readonly<Record<string, readonly number[]>> = {
    fields: types.map((type) => (isObjectType(type) ? Object.keys(type.getFields()).length : 0)),
    inputFields: types.map((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0)),
    enumValues: types.map((type) => (isEnumType(type) ? type.getValues().length : 0)),
    interfaces: types.map((type) => (isObjectType(type) ? type.getInterfaces().length : 0)),
    possibleTypes: [0],
  };
  const args = types.flatMap((type) =>
    isObjectType(type) ? Object.values(type.getFields()).map((field) => field.args.length) : [],
  );
  return (type, field, parent) => {
    if (!type.startsWith('__')) return undefined;
    if (type === '__Schema') return field === 'types' ? types.length : schema.getDirectives().length;
    if (field === 'args') return average(args);
    const lengths = counts[field];
    if (lengths === undefined) return undefined;
    return parent === 'types' ? average(lengths) : Math.max(...lengths);
  };
}

function average(lengths: readonly number[]): number {
  return Math.ceil(lengths.reduce((sum, length) => sum + length, 0) / lengths.length);
}
