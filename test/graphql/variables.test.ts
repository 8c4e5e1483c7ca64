import { Readable } from 'node:stream';
import { buildSchema as readSchema, getOperationAST, parse } from 'graphql';
import { Upload } from 'graphql-upload-ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from '../../src/graphql/schema.js';
import { coerceVariables, MAX_FAULTS, MAX_LIST_LENGTH } from '../../src/graphql/variables.js';

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await buildSchema();
});

function coerce(definitions: string, inputs: Record<string, unknown>, of = schema) {
  const operation = getOperationAST(parse(`query (${definitions}) { __typename }`));
  if (!operation) throw new Error('Expected an operation');
  return coerceVariables(of, operation, inputs);
}

function messages(definitions: string, inputs: Record<string, unknown>): string[] {
  return (coerce(definitions, inputs).faults ?? []).map(({ message }) => message);
}

const IMAGE = '$image: ImageInput!';

describe('what is right', () => {
  test('comes as it was sent, however long', () => {
    const base64 = 'A'.repeat(1_000_000);
    const labels = Array.from({ length: MAX_LIST_LENGTH }, () => 'car');
    const { values, faults } = coerce(`${IMAGE}, $labels: [String!]`, { image: { base64 }, labels });
    expect(faults).toBeUndefined();
    expect(values).toEqual({ image: { base64 }, labels });
  });

  test('is an upload', () => {
    const upload = new Upload();
    const { values } = coerce(IMAGE, { image: { upload } });
    expect(values).toEqual({ image: { upload: upload.promise } });
  });

  test('is a default where nothing came', () => {
    expect(coerce('$first: Int = 20, $after: String', {}).values).toEqual({ first: 20 });
  });

  test('is an address that is longer than what is said back', () => {
    const url = `https://example.com/a.png?signature=${'s'.repeat(1500)}`;
    expect(coerce(IMAGE, { image: { url } }).values).toEqual({ image: { url: new URL(url) } });
  });

  test('is a variable of any valid name', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    const inputs = JSON.parse(`{${names.map((name) => `"${name}":"x"`).join()}}`) as Record<string, unknown>;
    const { values } = coerce(names.map((name) => `$${name}: String!`).join(), inputs);
    expect(Object.entries(values ?? {})).toEqual(names.map((name) => [name, 'x']));
  });
});

describe('what is wrong', () => {
  test('is told with its place', () => {
    expect(messages('$n: [Int]', { n: [1, 'x', 2] })).toEqual([
      'Variable "$n" got invalid value "x" at "n[1]"; Int cannot represent non-integer value: "x"',
    ]);
  });

  test('is told up to 20 times', () => {
    const faults = messages('$n: [String!]', { n: Array.from({ length: 5000 }, () => 1) });
    expect(faults).toHaveLength(MAX_FAULTS);
    expect(faults.at(-1)).toContain('error limit reached');
  });

  test('is a list that no model has so many labels for, however deep it is', () => {
    const long = Array.from({ length: MAX_LIST_LENGTH + 1 }, () => 'x');
    for (const n of [long, [long], { a: { b: long } }, Object.fromEntries(long.entries())]) {
      expect(messages('$n: [String!]', { n })).toEqual([expect.stringContaining('more than 5000 members')]);
    }
  });

  test('is not an unknown variable, whatever it holds', () => {
    const n = Array.from({ length: MAX_LIST_LENGTH + 1 }, () => 1);
    expect(coerce('$id: ID', { id: '1', n }).values).toEqual({ id: '1' });
  });

  test.each<[what: string, definitions: string, inputs: Record<string, unknown>]>([
    ['a word', '$f: ImageFormat', { f: 'P'.repeat(1_000_000) }],
    ['a number as text', '$n: Int', { n: '1'.repeat(1_000_000) }],
    ['a member that is not there', IMAGE, { image: { ['k'.repeat(1_000_000)]: 1 } }],
    ['a picture beside it', IMAGE, { image: { base64: 'A'.repeat(1_000_000), path: 1 } }],
    ['a list', '$id: ID', { id: Array.from({ length: 1000 }, () => 'x'.repeat(1000)) }],
    ['an address that is none', IMAGE, { image: { url: 'x'.repeat(1_000_000) } }],
  ])('is said back in short: %s', (_what, definitions, inputs) => {
    const faults = messages(definitions, inputs);
    expect(faults.length).toBeGreaterThan(0);
    for (const message of faults) expect(message.length).toBeLessThan(450);
  });

  test('of an image in two ways names them, and shows neither a file’s inside nor the values', () => {
    const upload = new Upload();
    upload.resolve({
      fieldName: '0',
      filename: 'a.png',
      mimetype: 'image/png',
      encoding: '7bit',
      createReadStream: () => new Readable(),
    } as unknown as Parameters<Upload['resolve']>[0]);
    const [message] = messages(IMAGE, { image: { upload, base64: 'SECRET' } });
    expect(message).toBe(
      'Variable "$image" got invalid value { upload, base64 }; Exactly one key must be specified for OneOf type "ImageInput".',
    );
  });

  test('of a file where none is taken says that it is one', () => {
    const [message] = messages('$n: Int', { n: new Upload() });
    expect(message).toContain('an uploaded file');
    expect(message).not.toContain('function');
  });

  test('is nested deeper than a stack', () => {
    const deep = JSON.parse(`${'['.repeat(120_000)}${']'.repeat(120_000)}`) as unknown;
    expect(messages('$n: [String!]', { n: deep })).toHaveLength(1);
    expect(messages(IMAGE, { image: { base64: deep } })).toHaveLength(1);
    expect(messages(IMAGE, { image: { url: deep } })).toHaveLength(1);
  });

  test.each(['__proto__', 'constructor', 'toString', 'toJSON'])('is a member called %s', (name) => {
    const image = JSON.parse(`{"${name}":{"base64":"AAAA"},"base64":"AAAA"}`) as unknown;
    expect(messages(IMAGE, { image }).join()).toContain(`Field "${name}" is not defined`);
  });
});

test('a scalar that is picky about the whole of a value has its say', () => {
  const strict = readSchema('scalar URL type Query { a: Int }');
  const scalar = strict.getType('URL') as { parseValue?: (value: unknown) => unknown };
  scalar.parseValue = (value) => {
    if (String(value).length > 5000) throw new TypeError('Too long.');
    return value;
  };
  const { faults } = coerce('$url: URL', { url: `https://${'a'.repeat(6000)}` }, strict);
  expect(faults).toHaveLength(1);
});
