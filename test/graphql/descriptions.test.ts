import {
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.js';

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

test('everything in the schema is described: GraphiQL shows it, and people read it', async () => {
  const types = Object.values((await buildSchema()).getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  const parts = types.flatMap((type) => [
    { path: type.name, part: type as Described },
    ...membersOf(type).map((part) => ({ path: `${type.name}.${part.name}`, part })),
    ...argumentsOf(type),
  ]);
  expect(parts.length).toBeGreaterThan(150);
  expect(parts.filter(({ part }) => !part.description?.trim()).map(({ path }) => path)).toEqual([]);
});

function membersOf(type: GraphQLNamedType): readonly Described[] {
  if (isEnumType(type)) return type.getValues();
  if (isObjectType(type)) return Object.values(type.getFields());
  return isInputObjectType(type) ? Object.values(type.getFields()) : [];
}

function argumentsOf(type: GraphQLNamedType): { path: string; part: Described }[] {
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.map((part) => ({ path: `${type.name}.${field.name}(${part.name})`, part })),
  );
}
