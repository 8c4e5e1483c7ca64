import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { imagesIn, JsonTooLarge, MAX_JSON_TEXT_BYTES } from '../../src/http/json-text.js';

const IMAGE = randomBytes(1_000_000).toString('base64');

function images(text: string): string[] {
  const json = Buffer.from(text);
  return imagesIn(json).map(({ start, end }) => json.toString('latin1', start, end));
}

describe('images', () => {
  test('are found wherever they are', () => {
    expect(images(JSON.stringify({ a: [IMAGE, { b: `data:image/png;base64,${IMAGE}` }], c: 'x' }))).toEqual([
      IMAGE,
      `data:image/png;base64,${IMAGE}`,
    ]);
  });

  test.each([
    ['slashes escaped, as PHP does', IMAGE.replaceAll('/', '\\/')],
    ['line breaks', `${'A'.repeat(76)}\\r\\n`.repeat(10_000)],
  ])('are found with %s', (_what, content) => {
    const text = `{"image":"${content}"}`;
    JSON.parse(text);
    expect(images(text)).toEqual([content]);
    expect(imagesIn(Buffer.from(text))).toEqual([{ start: 10, end: text.length - 2, hasEscapes: true }]);
  });

  test('are let through inside of a query, and left there', () => {
    expect(images(JSON.stringify({ query: `{ classify(image: { base64: "${IMAGE}" }) }` }))).toEqual([]);
  });
});

describe('everything else', () => {
  const max = MAX_JSON_TEXT_BYTES;
  test.each<[what: string, text: string]>([
    ['numbers', `[${'1,'.repeat(max / 2)}1]`],
    ['numbers beside an image', `{"a":"${IMAGE}","b":[${'1,'.repeat(max / 2)}1]}`],
    ['numbers behind an image with quotes in it', `{"a":"\\"${IMAGE}\\"","b":[${'1,'.repeat(max / 2)}1]}`],
    ['numbers behind backslashes', `{"a":"\\\\","b":[${'1,'.repeat(max / 2)}1]}`],
    ['short strings', `[${'"abcdefg",'.repeat(max / 10)}1]`],
    ['empty objects', `[${'{},'.repeat(max / 3)}1]`],
    ['opening brackets', '['.repeat(max + 1)],
    ['white space', ' '.repeat(max + 1)],
    ['a long string that is no ASCII', `"${'ä'.repeat(max / 2)}"`],
    ['a long string of escapes', `"${'\\u0041'.repeat(1_600_000)}"`],
    ['several strings of escapes', `[${`"${'\\u0041'.repeat(600_000)}",`.repeat(3)}1]`],
    ['a long string of quotes', `"${'\\"'.repeat(max / 2)}"`],
    ['a long string of backslashes', `"${'\\\\'.repeat(800_000)}"`],
    ['what ends inside of a string', `${'[1],'.repeat(max / 4)}"`],
  ])('is refused: %s', (_what, text) => {
    expect(() => images(text)).toThrow(JsonTooLarge);
  });

  test('may have its share', () => {
    expect(images(`{"a":"${IMAGE}","b":[${'1,'.repeat(max / 2 - 100)}1]}`)).toEqual([IMAGE]);
  });
});
