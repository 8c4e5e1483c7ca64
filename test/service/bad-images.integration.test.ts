/** Files that are no images, or not such as can be taken: each is refused with its code, and nothing breaks. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { hugePng, SVG, truncatedJpeg } from '../kit/service-bad-pictures.js';
import { storedKeys } from '../kit/service-folders.js';
import { inBase64, picture, pngFile } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { expectAlive, expectRefused, WAYS } from './refusal.js';

const MAX_BYTES = 200_000;
const CLASSIFY = 'mutation ($image: ImageInput!) { classify(image: $image) { labels { name } } }';
const SUPER_RESOLVE = 'mutation ($image: ImageInput!) { superResolve(image: $image) { id } }';

let service: TestService;
let client: GraphqlClient;

beforeAll(async () => {
  service = await startService({ env: { MAX_UPLOAD_BYTES: String(MAX_BYTES) } });
  client = new GraphqlClient(service.url);
});
afterAll(() => service.stop());
afterEach(() => expectAlive(client));

const BAD = [
  { what: 'a file of 0 bytes', name: 'empty.png', code: 'BAD_IMAGE', make: () => Buffer.alloc(0) },
  {
    what: 'a text named .jpg',
    name: 'letter.jpg',
    code: 'BAD_IMAGE',
    make: () => Buffer.from('Dear Sir or Madam, '.repeat(50)),
  },
  { what: 'a JPEG that was cut off', name: 'half.jpg', code: 'BAD_IMAGE', make: truncatedJpeg },
  { what: 'an SVG', name: 'drawing.svg', code: 'BAD_IMAGE', make: () => SVG },
  { what: 'a PNG of 20000 x 20000', name: 'huge.png', code: 'IMAGE_TOO_LARGE', make: () => hugePng() },
];

describe.each(BAD)('$what', ({ name, code, make }) => {
  it('is refused as an upload', async () => {
    expectRefused(await client.upload(CLASSIFY, { ...pngFile(await make(), name) }), code);
  });

  it.each(WAYS)('is refused in base64 over $way', async ({ send }) => {
    expectRefused(await send(client, CLASSIFY, { image: inBase64(await make()) }), code);
  });

  it('is refused before there is a job', async () => {
    expectRefused(await client.upload(SUPER_RESOLVE, { ...pngFile(await make(), name) }), code);
    expect(await storedKeys(service.dataDir)).toEqual([]);
  });
});

describe('an image of too many bytes', () => {
  it('is refused as an upload, with the limit', async () => {
    const answer = await client.upload(CLASSIFY, pngFile(new Uint8Array(MAX_BYTES + 1)));
    expectRefused(answer, 'IMAGE_TOO_LARGE');
    expect(answer.errors[0]?.extensions).toMatchObject({ maxBytes: MAX_BYTES });
  });

  it('is refused as an upload many times over the limit', async () => {
    expectRefused(await client.upload(CLASSIFY, pngFile(new Uint8Array(MAX_BYTES * 40))), 'IMAGE_TOO_LARGE');
  });

  it('is refused in base64', async () => {
    const image = inBase64(new Uint8Array(MAX_BYTES + 1));
    expectRefused(await client.post(CLASSIFY, { image }), 'IMAGE_TOO_LARGE');
  });

  it('is refused in base64 many times over the limit', async () => {
    const image = inBase64(new Uint8Array(MAX_BYTES * 20));
    expectRefused(await client.post(CLASSIFY, { image }), 'IMAGE_TOO_LARGE');
  });
});

describe('base64', () => {
  it.each(WAYS)('with other characters in it is refused over $way', async ({ send }) => {
    const { base64 } = inBase64(await picture());
    expectRefused(await send(client, CLASSIFY, { image: { base64: `${base64}!?` } }), 'BAD_USER_INPUT');
  });

  it('may be a data address', async () => {
    const { base64 } = inBase64(await picture());
    const answer = await client.post(CLASSIFY, { image: { base64: `data:image/png;base64,${base64}` } });
    expect(answer.errors).toEqual([]);
  });
});
