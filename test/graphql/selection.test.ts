import { buildSchema, graphql } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Selection } from '../../src/graphql/selection.js';

const schema = buildSchema(`
  enum ImageFormat { PNG JPEG WEBP }
  type Image { url: String }
  type Road { fraction: Float, mask(format: ImageFormat = PNG, scale: Int): Image, overlay(format: ImageFormat): Image }
  type Query { road: Road }
`);

/** What a query, or an operation with fragments, selects of the field road. */
async function selectionOf(query: string, variableValues: Record<string, unknown> = {}): Promise<Selection> {
  let selection: Selection | undefined;
  const rootValue = {
    road: (_args: unknown, _context: unknown, info: Parameters<typeof Selection.of>[0]) => {
      selection = Selection.of(info);
      return {};
    },
  };
  const { errors } = await graphql({ schema, source: query, rootValue, variableValues });
  expect(errors).toBeUndefined();
  if (!selection) throw new Error('The query selects no road');
  return selection;
}

describe('a field', () => {
  test('that is selected is there, and one that is not is not', async () => {
    const selection = await selectionOf('{ road { fraction } }');
    expect([selection.has('fraction'), selection.has('mask')]).toEqual([true, false]);
    expect(selection.all('mask')).toEqual([]);
  });

  test('is there once for each alias', async () => {
    const selection = await selectionOf('{ road { mask { url } small: mask(scale: 2) { url } } }');
    expect(selection.all('mask').map(({ key, args }) => [key, args])).toEqual([
      ['mask', { format: 'PNG' }],
      ['small', { format: 'PNG', scale: 2 }],
    ]);
  });

  test('is known by its own name, whatever another one is called', async () => {
    const selection = await selectionOf('{ road { mask: overlay { url } } }');
    expect([selection.has('mask'), selection.has('overlay')]).toEqual([false, true]);
  });

  test('knows what is selected of it', async () => {
    const [mask] = (await selectionOf('{ road { mask { link: url } } }')).all('mask');
    expect(mask?.fields.all('url').map(({ key }) => key)).toEqual(['link']);
  });

  test('of another field of the answer is another matter', async () => {
    const selection = await selectionOf('{ road { fraction } other: road { fraction } }');
    expect(selection.has('fraction')).toBe(true);
  });
});

describe('fragments', () => {
  test('are looked into, named ones and others', async () => {
    const selection = await selectionOf(
      '{ road { ...masks ... on Road { fraction } } } fragment masks on Road { mask { url } }',
    );
    expect([selection.has('mask'), selection.has('fraction')]).toEqual([true, true]);
  });

  test('that select the same field make it one', async () => {
    const selection = await selectionOf(
      '{ road { ...a ...b } } fragment a on Road { mask { url } } fragment b on Road { mask { again: url } }',
    );
    const masks = selection.all('mask');
    expect(masks).toHaveLength(1);
    expect(masks[0]?.fields.all('url').map(({ key }) => key)).toEqual(['url', 'again']);
  });
});

describe('what is skipped is not selected', () => {
  const QUERY =
    'query ($masks: Boolean!) { road { fraction mask @include(if: $masks) { url } overlay @skip(if: $masks) { url } } }';

  test.each([true, false])('when the variable is %s', async (masks) => {
    const selection = await selectionOf(QUERY, { masks });
    expect([selection.has('mask'), selection.has('overlay')]).toEqual([masks, !masks]);
  });

  test('when the directive is on a fragment', async () => {
    const selection = await selectionOf('{ road { fraction ... @include(if: false) { mask { url } } } }');
    expect(selection.has('mask')).toBe(false);
  });
});

describe('orders for images', () => {
  test('have the format that is asked for, by word or variable', async () => {
    const selection = await selectionOf(
      'query ($format: ImageFormat) { road { a: overlay(format: WEBP) { url } b: overlay(format: $format) { url } } }',
      { format: 'PNG' },
    );
    expect(selection.images('overlay', 'JPEG')).toEqual([
      { key: 'a', format: 'WEBP' },
      { key: 'b', format: 'PNG' },
    ]);
  });

  test('have the usual format where none is asked for, or null', async () => {
    const selection = await selectionOf(
      '{ road { a: overlay { url } b: overlay(format: null) { url } c: mask { url } } }',
    );
    expect(selection.images('overlay', 'JPEG').map(({ format }) => format)).toEqual(['JPEG', 'JPEG']);
    expect(selection.images('mask', 'JPEG')).toEqual([{ key: 'c', format: 'PNG' }]);
  });

  test('are none where no image is selected', async () => {
    expect((await selectionOf('{ road { fraction } }')).images('mask', 'PNG')).toEqual([]);
  });
});
