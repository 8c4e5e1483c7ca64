import { parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { fileVariables, withoutFiles } from '../../src/studio/graphiql/file-variables.js';
import { Files, samples } from '../../src/studio/graphiql/files.js';
import { byItsName } from '../../src/studio/graphiql/sole-operation.js';
import { multipartFetcher } from '../../src/studio/graphiql/multipart-fetcher.js';

const variables = {
  image: { upload: '@a.jpg' },
  topK: 3,
  others: [{ upload: 'b.png' }, { url: '@c' }, null],
};

describe('variables that name files', () => {
  it('are found in members called upload, with or without an @', () => {
    expect(fileVariables(variables)).toEqual([
      { path: 'variables.image.upload', name: 'a.jpg' },
      { path: 'variables.others.0.upload', name: 'b.png' },
    ]);
  });

  it('become null, and everything else stays as it is', () => {
    expect(withoutFiles(variables)).toEqual({
      image: { upload: null },
      topK: 3,
      others: [{ upload: null }, { url: '@c' }, null],
    });
  });

  it.each([undefined, null, 'text', 5, {}, [], { upload: null }, { upload: 5 }])(
    'are none in %j',
    (value) => {
      expect(fileVariables(value)).toEqual([]);
      expect(withoutFiles(value)).toEqual(value);
    },
  );
});

describe('files', () => {
  const files = () => new Files(samples({ '/images/a.jpg': '/assets/a-1.jpg' }));

  it('are samples first, and chosen ones go before them', () => {
    const all = files();
    const told = vi.fn();
    const leave = all.subscribe(told);
    all.add([new File(['x'], 'mine.png')]);
    expect(all.all.map(({ name }) => name)).toEqual(['mine.png', 'a.jpg']);
    leave();
    all.add([new File(['y'], 'a.jpg')]);
    expect(all.all.map(({ name }) => name)).toEqual(['a.jpg', 'mine.png']);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('that are not at hand are told before anything is sent', async () => {
    const others = vi.fn();
    const fetcher = multipartFetcher('http://service.test/graphql', others, files());
    expect(
      JSON.parse(JSON.stringify(await fetcher({ query: '{ a }', variables: { upload: '@b.jpg' } }))),
    ).toEqual({
      errors: [
        {
          message: "There is no file 'b.jpg'. Choose it in the Files panel on the left first.",
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
    expect(others).not.toHaveBeenCalled();
  });

  it('are no matter of an operation that names none', () => {
    const others = vi.fn().mockReturnValue('theirs');
    const params = { query: '{ a }', variables: { id: '@x' } };
    expect(multipartFetcher('http://service.test/graphql', others, files())(params, { headers: {} })).toBe(
      'theirs',
    );
    expect(others).toHaveBeenCalledWith(params, { headers: {} });
  });
});

describe('the name of an operation', () => {
  it.each([
    ['is that of the only one', 'query B { a }', 'B'],
    ['is left out where the only one has none', '{ a }', undefined],
    ['stays where there are several', 'query A { a } query B { b }', 'A'],
    ['stays where the query cannot be read', 'query A {', 'A'],
  ])('%s', (_what, query, operationName) => {
    const sent = vi.fn();
    void byItsName(sent)({ query, operationName: 'A', variables: { id: 1 } }, { headers: {} });
    expect(sent.mock.calls[0]?.[0]).toEqual({
      query,
      variables: { id: 1 },
      ...(operationName && { operationName }),
    });
  });

  it('comes with the document, which tells a subscription from a query', () => {
    const sent = vi.fn();
    const query = 'subscription S { a }';
    void byItsName(sent)({ query, operationName: 'A' }, { headers: { a: 'b' } });
    expect(sent).toHaveBeenCalledWith(
      { query, operationName: 'S' },
      { headers: { a: 'b' }, documentAST: parse(query) },
    );
  });
});
