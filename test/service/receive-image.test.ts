import { Router, type Request } from 'express';
import { GraphQLUpload, graphqlUploadExpress } from 'graphql-upload-ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { receiveImage, type GivenImage, type ReceivedImage } from '../../src/service/receive-image.js';
import { runApp } from '../http/running-app.js';
import { flat, jpegOf, noise, pngOf, scene } from '../kit/pictures.js';

const SIZE = { width: 24, height: 16 };
const MAX_BYTES = 20_000;
const LIMITS = { uploadBytes: MAX_BYTES, imagePixels: 10_000, superResolutionPixels: 10_000 };

let png: Buffer;

beforeAll(async () => {
  png = await pngOf(scene(SIZE));
});

function receive(
  input: GivenImage,
  fetchImage: (url: URL, signal: AbortSignal) => Promise<Uint8Array> = () => Promise.resolve(png),
): Promise<ReceivedImage> {
  const { signal } = new AbortController();
  return receiveImage(input, { services: { limits: LIMITS, fetchImage }, signal });
}

async function refusal(receiving: Promise<unknown>): Promise<CodedError> {
  const error: unknown = await receiving.catch((thrown: unknown) => thrown);
  if (error instanceof CodedError) return error;
  throw new Error('Expected a CodedError', { cause: error });
}

describe('an image in base64', () => {
  const spelled: [string, (text: string) => string][] = [
    ['plain', (text) => text],
    ['with a data: prefix', (text) => `data:image/png;base64,${text}`],
    ['with a data: prefix that has parameters', (text) => `data:image/png;name=x.png;base64,${text}`],
    ['with line breaks, as mail has them', (text) => text.replace(/.{76}/g, '$&\r\n')],
    ['with spaces around it', (text) => `  ${text}\n`],
    ['without padding', (text) => text.replace(/=+$/, '')],
    ['in the alphabet for addresses', (text) => text.replaceAll('+', '-').replaceAll('/', '_')],
  ];

  test.each(spelled)('is read: %s', async (_how, write) => {
    const { bytes, header } = await receive({ base64: write(png.toString('base64')) });
    expect(Buffer.from(bytes).equals(png)).toBe(true);
    expect(header).toEqual({ ...SIZE, format: 'png' });
  });

  test.each([
    ['a star in the middle', (text: string) => `${text.slice(0, 30)}*${text.slice(30)}`, 30],
    ['one character at its end that is none', (text: string) => `${text}*`, undefined],
    ['padding in the middle', (text: string) => `${text.slice(0, 32)}==${text.slice(32)}`, 32],
    ['an address', () => 'https://example.test/cat.png', 5],
  ])('is refused, not guessed at: %s', async (_what, spoil, position) => {
    const text = png.toString('base64');
    const { code, message } = await refusal(receive({ base64: spoil(text) }));
    expect(code).toBe('BAD_USER_INPUT');
    expect(message).toMatch(/^Expected an image in base64, but the character at position \d+ is not base64/);
    if (position !== undefined) expect(message).toContain(`position ${position} `);
  });

  test('of no length is no image', async () => {
    const { code, message } = await refusal(receive({ base64: '' }));
    expect([code, message.includes('0 bytes')]).toEqual(['BAD_IMAGE', true]);
  });

  test('of something else is no image', async () => {
    const text = Buffer.from('Dear Sir or Madam').toString('base64');
    expect((await refusal(receive({ base64: text }))).code).toBe('BAD_IMAGE');
  });

  test('of more bytes than are accepted is refused, and the limit is told', async () => {
    const large = Buffer.alloc(MAX_BYTES + 1).toString('base64');
    const { code, facts, message } = await refusal(receive({ base64: large }));
    expect([code, facts]).toEqual(['IMAGE_TOO_LARGE', { maxBytes: MAX_BYTES }]);
    expect(message).toContain(`more than 20 kB`);
  });

  test('of very many more bytes is refused before it is decoded', async () => {
    const { code } = await refusal(receive({ base64: '*'.repeat(MAX_BYTES * 2) }));
    expect(code).toBe('IMAGE_TOO_LARGE');
  });

  test('of more pixels than are accepted is refused, whatever its bytes', async () => {
    const base64 = (await pngOf(flat({ width: 101, height: 100 }, [9, 9, 9]))).toString('base64');
    const { code, facts } = await refusal(receive({ base64 }));
    expect([code, facts]).toEqual(['IMAGE_TOO_LARGE', { maxPixels: 10_000, width: 101, height: 100 }]);
  });
});

describe('an image at an address', () => {
  test('is downloaded from there', async () => {
    const asked: string[] = [];
    const { bytes, header } = await receive(
      { url: new URL('https://example.test/cat.jpg') },
      async ({ href }) => {
        asked.push(href);
        return jpegOf(scene(SIZE));
      },
    );
    expect(asked).toEqual(['https://example.test/cat.jpg']);
    expect([bytes.byteLength > 0, header.format]).toEqual([true, 'jpeg']);
  });

  test('that cannot be downloaded ends as the download did', async () => {
    const error = new CodedError('URL_FORBIDDEN', 'Not there.');
    const receiving = receive({ url: new URL('http://localhost/') }, () => Promise.reject(error));
    expect(await refusal(receiving)).toBe(error);
  });
});

test('no image at all is told so', async () => {
  const { code, message } = await refusal(receive({ upload: null, url: null, base64: null }));
  expect([code, message]).toEqual([
    'BAD_USER_INPUT',
    'Expected an image in one of upload, url and base64, and none of them came.',
  ]);
});

test('the time that it took to come is told', async () => {
  const { receive: milliseconds } = await receive({ base64: png.toString('base64') });
  expect(milliseconds).toBeGreaterThan(0);
  expect(milliseconds).toBeLessThan(30_000);
});

describe('an upload', () => {
  /** Sends a file by multipart, and tells what is received, or what the refusal says. */
  async function upload(file: Uint8Array): Promise<unknown> {
    const outcomes: unknown[] = [];
    const router = Router();
    router.use(graphqlUploadExpress({ maxFileSize: MAX_BYTES, maxFiles: 1 }));
    router.post(
      '/',
      async (request: Request<unknown, unknown, { variables: { file: unknown } }>, response) => {
        const received = receive({ upload: GraphQLUpload.parseValue(request.body.variables.file) });
        outcomes.push(await received.catch((error: unknown) => error));
        response.end();
      },
    );
    const { url } = await runApp([router]);
    const form = new FormData();
    form.set('operations', '{"variables":{"file":null}}');
    form.set('map', '{"0":["variables.file"]}');
    form.set('0', new Blob([new Uint8Array(file)]), 'picture.png');
    await fetch(url, { method: 'POST', body: form });
    return outcomes[0];
  }

  test('is received whole', async () => {
    const received = (await upload(png)) as ReceivedImage;
    expect(Buffer.from(received.bytes).equals(png)).toBe(true);
    expect(received.header).toEqual({ ...SIZE, format: 'png' });
  });

  test('of more bytes than are accepted is refused, and the limit is told', async () => {
    const large = await pngOf(noise({ width: 99, height: 99 }, 1));
    expect(large.byteLength).toBeGreaterThan(MAX_BYTES);
    expect(await upload(large)).toMatchObject({ code: 'IMAGE_TOO_LARGE', facts: { maxBytes: MAX_BYTES } });
  });

  test('of no bytes is no image', async () => {
    expect(await upload(Buffer.alloc(0))).toMatchObject({ code: 'BAD_IMAGE' });
  });
});
