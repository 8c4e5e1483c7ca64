import { expect, test } from 'vitest';
import { nextSteps } from '../src/next-steps.js';

test('where the command line asks anyway, it is not told where', () => {
  expect(nextSteps().map(({ how }) => how)).toEqual([
    'http://127.0.0.1:4000/graphql',
    'npx okulo detect photo.jpg',
    'npx okulo models prepare',
  ]);
});

test('elsewhere, it is', () => {
  const [api, pictures] = nextSteps('https://example.com/vision');
  expect(api.how).toBe('https://example.com/vision/graphql');
  expect(pictures.how).toBe('npx okulo detect photo.jpg --server https://example.com/vision');
});
