import { Router } from 'express';
import { describe, expect, test } from 'vitest';
import { bodyLimit, parseJson, readJson, UnreadableJson } from '../../src/http/json-body.js';
import { JsonTooLarge } from '../../src/http/json-text.js';
import { runApp } from './running-app.js';

const IMAGE = 'iVBORw0KGgo+/'.repeat(40_000);

const parse = (text: string) => parseJson(Buffer.from(text));

describe('parseJson', () => {
  test.each<[what: string, value: unknown]>([
    ['a small text', { query: 'ä', variables: null }],
    ['an image', { image: IMAGE }],
    ['images at every place', [IMAGE, { a: { b: [IMAGE, 'ä'] }, c: IMAGE }]],
    ['a text that is an image as a whole', IMAGE],
    ['a query with an image in it', { query: `{ a(b: "${IMAGE}") }`, other: IMAGE }],
    ['line breaks and tabs in an image', { image: `${'A'.repeat(76)}\r\n\t`.repeat(5000), b: IMAGE }],
    ['words like the ones that stand in for images', { a: 'image 0', b: IMAGE }],
  ])('reads %s as JSON.parse does', async (_what, value) => {
    expect(await parse(JSON.stringify(value))).toEqual(value);
  });

  test.each(['__proto__', 'constructor', 'toString'])('keeps an image under the name %s', async (name) => {
    const value = await parse(`{"${name}":"${IMAGE}"}`);
    expect(Object.entries(value as object)).toEqual([[name, IMAGE]]);
  });

  test('reads a text that is deeper than a stack', async () => {
    const levels = 100_000;
    let value = await parse(`${'['.repeat(levels)}"${IMAGE}"${']'.repeat(levels)}`);
    while (Array.isArray(value)) [value] = value as unknown[];
    expect(value).toBe(IMAGE);
  });

  test.each([
    '{',
    `{"a":"${IMAGE}"`,
    `{"a":"${IMAGE}}`,
    `"${IMAGE}" 1`,
    '{"a":\u0000}',
    `{"a":"${IMAGE}\\x"}`,
    `{"a":"${IMAGE}\n"}`,
  ])('refuses what is no JSON: %.20s', async (text) => {
    await expect(parse(text)).rejects.toMatchObject({ name: 'UnreadableJson', status: 400 });
  });

  test('refuses too much of it', async () => {
    await expect(parse(`[${'1,'.repeat(200_000)}1]`)).rejects.toThrow(JsonTooLarge);
    expect(new JsonTooLarge()).not.toBeInstanceOf(UnreadableJson);
  });
});

describe('readJson', () => {
  async function echo(body: string | Buffer, type: string, encoding = 'identity') {
    const router = Router();
    router.post('/', readJson(1_000_000), ({ body: read }, response) => {
      response.json({ read: read as unknown });
    });
    const { url } = await runApp([router]);
    const headers = { 'content-type': type, 'content-encoding': encoding };
    const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
    return { status: response.status, body: await response.json() };
  }

  test.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"'])(
    'reads %s',
    async (type) => {
      expect(await echo('{"a":"ä"}', type)).toEqual({ status: 200, body: { read: { a: 'ä' } } });
    },
  );

  test.each(['utf-16le', 'utf-32', 'iso-8859-1', 'klingon'])('refuses %s', async (charset) => {
    expect(await echo('{}', `application/json; charset=${charset}`)).toMatchObject({
      status: 415,
      body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    });
  });

  test('takes an empty body for an empty object, and leaves other types alone', async () => {
    expect(await echo('', 'application/json')).toMatchObject({ status: 200 });
    expect(await echo('{}', 'text/plain')).toEqual({ status: 200, body: {} });
  });
});

test.each([1, 100_000, 20_000_000, 1_000_000_000])(
  'an image file of %i bytes has room in a body, in base64 and with a long query',
  (uploadBytes) => {
    const base64 = 4 * Math.ceil(uploadBytes / 3);
    expect(bodyLimit(uploadBytes)).toBeGreaterThan(base64 + 50_000);
    expect(bodyLimit(uploadBytes)).toBeLessThan(1.5 * uploadBytes + 200_000);
  },
);
