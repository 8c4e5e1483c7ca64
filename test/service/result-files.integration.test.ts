/** The files of results: who has the signed address gets them, for as long as it is valid. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSigner } from '../../src/storage/signed-address.js';
import { GraphqlClient } from '../kit/graphql-client.js';
import { completed, submit } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

const SECRET = 'a secret of this test alone';

let service: TestService;
let client: GraphqlClient;

beforeAll(async () => {
  service = await startService({ env: { SIGNING_SECRET: SECRET } });
  client = new GraphqlClient(service.url);
});
afterAll(() => service.stop());

describe('the result of a job', () => {
  it.each([
    ['PNG', 'image/png', 'png'],
    ['JPEG', 'image/jpeg', 'jpeg'],
    ['WEBP', 'image/webp', 'webp'],
  ] as const)('is a %s when that was asked for', async (format, mediaType, inside) => {
    const { id } = await submit(client, { image: await picture({ width: 24, height: 16 }), format });
    const response = await fetch((await completed(client, id)).url);
    expect(response.headers.get('content-type')).toBe(mediaType);
    const metadata = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(metadata).toMatchObject({ format: inside, width: 96, height: 64 });
  });

  it('of a picture of one pixel is four by four', async () => {
    const { id } = await submit(client, { image: await picture({ width: 1, height: 1 }) });
    expect(await completed(client, id)).toMatchObject({ width: 4, height: 4 });
  });
});

describe('a signed address', () => {
  async function address(): Promise<URL> {
    const { id } = await submit(client, { image: await picture({ width: 16, height: 16 }) });
    return new URL((await completed(client, id)).url);
  }

  it('with another signature is forbidden', async () => {
    const url = await address();
    url.searchParams.set('signature', '0'.repeat(64));
    expect((await fetch(url)).status).toBe(403);
  });

  it('without its signature is forbidden', async () => {
    const url = await address();
    url.search = '';
    expect((await fetch(url)).status).toBe(403);
  });

  it('with a later end is forbidden', async () => {
    const url = await address();
    url.searchParams.set('expires', String(Number(url.searchParams.get('expires')) + 3600));
    expect((await fetch(url)).status).toBe(403);
  });

  it('for another file is forbidden', async () => {
    const url = await address();
    url.pathname = url.pathname.replace('output', 'input');
    expect((await fetch(url)).status).toBe(403);
  });

  it('that has expired is gone', async () => {
    const url = await address();
    const key = url.pathname.replace('/files/', '');
    const expired = new URL(createSigner(SECRET).sign(key, new Date(Date.now() - 1000)), service.url);
    expect((await fetch(expired)).status).toBe(410);
  });
});
