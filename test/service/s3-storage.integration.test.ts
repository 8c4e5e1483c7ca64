/** The service with its objects in S3: results are fetched from there, and what is gone is said to be. */
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { createSigner } from '../../src/storage/signed-address.js';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { freePort, startRedis, type TestServer } from '../kit/redis-server.js';
import { S3_CREDENTIALS, startS3, stubS3Credentials, type TestS3 } from '../kit/s3-server.js';
import { completed, follow, job, submit } from '../kit/service-jobs.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startInVain, startService, startWorker, type TestService, type TestWorker } from '../kit/service.js';
import { expectAlive, expectRefused } from './refusal.js';

const SECRET = 'a secret of this test alone';
const MASK = 'mutation ($image: ImageInput!) { segmentRoad(image: $image) { mask { url } } }';
const BASE64 = 'query ($id: ID!) { job(id: $id) { result { bytes base64 } } }';

describe.skipIf(inject('s3Server') === null)('with objects in S3', () => {
  let s3: TestS3;
  let service: TestService;
  let client: GraphqlClient;

  const environment = (): NodeJS.ProcessEnv => ({
    ...S3_CREDENTIALS,
    STORAGE_URL: s3.url('okulo'),
    SIGNING_SECRET: SECRET,
  });

  async function keysOf(id: string): Promise<string[]> {
    const { Contents = [] } = await s3.client.send(
      new ListObjectsV2Command({ Bucket: s3.bucket, Prefix: 'okulo/' }),
    );
    return Contents.map(({ Key = '' }) => Key).filter((key) => key.includes(id));
  }

  /** Deletes the one object of a job whose key matches. */
  async function lose(id: string, pattern: RegExp): Promise<void> {
    const keys = (await keysOf(id)).filter((key) => pattern.test(key));
    expect(keys).toHaveLength(1);
    await s3.client.send(new DeleteObjectCommand({ Bucket: s3.bucket, Key: keys[0] }));
  }

  beforeAll(async () => {
    stubS3Credentials();
    s3 = await startS3();
    service = await startService({ env: environment() });
    client = new GraphqlClient(service.url);
  });
  afterAll(async () => {
    await service.stop();
    await s3.stop();
  });

  it('the service says where they are', () => {
    expect(service.output()).toContain('s3://pictures/okulo');
  });

  it('the result of a job is fetched from there, by whoever has its address', async () => {
    const { id } = await submit(client, { image: await picture({ width: 40, height: 30 }) });
    const { url } = await completed(client, id);
    expect(new URL(url).origin).toBe(s3.endpoint);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/png');
    const metadata = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(metadata).toMatchObject({ format: 'png', width: 160, height: 120 });
    const expiresAt = Date.parse((await job(client, id))?.result?.expiresAt ?? '');
    expect(expiresAt).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });

  it('an address of the service itself serves them too', async () => {
    const { id } = await submit(client, { image: await picture({ width: 8, height: 8 }) });
    await completed(client, id);
    const key = (await keysOf(id)).find((name) => name.includes('output'))?.replace('okulo/', '') ?? '';
    const address = createSigner(SECRET).sign(key, new Date(Date.now() + 60_000));
    const response = await fetch(service.url + address);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await sharp(Buffer.from(await response.arrayBuffer())).metadata()).toMatchObject({ width: 32 });
    const gone = createSigner(SECRET).sign('results/gone.png', new Date(Date.now() + 60_000));
    expect((await fetch(service.url + gone)).status).toBe(404);
  });

  it('a picture made for an answer is fetched from there', async () => {
    const shape = z.object({ segmentRoad: z.object({ mask: z.object({ url: z.string() }) }) });
    const answer = await client.post(MASK, { image: inBase64(await picture()) });
    const response = await fetch(dataOf(answer, shape).segmentRoad.mask.url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/png');
  });

  it('a result that was deleted is said to be gone, and is made again when it is asked for again', async () => {
    const image = await picture({ width: 24, height: 16, seed: 2 });
    const { id } = await submit(client, { image });
    await completed(client, id);
    await lose(id, /output/);
    const answer = await client.post(BASE64, { id });
    expectRefused(answer, 'JOB_NOT_FOUND');
    expect(answer.errors[0]?.message).toMatch(/expired or was deleted.*as a new job/);
    expect((await submit(client, { image })).id).toBe(id);
    expect((await fetch((await completed(client, id)).url)).status).toBe(200);
  });

  describe.skipIf(inject('redisServer') === null)('API and worker', () => {
    let redis: TestServer;
    let api: TestService;
    let worker: TestWorker | undefined;
    beforeAll(async () => {
      redis = await startRedis();
      api = await startService({ role: 'api', env: { ...environment(), QUEUE_URL: redis.url } });
    });
    afterAll(async () => {
      await Promise.all([api.stop(), worker?.stop()]);
      await redis.stop();
    });

    it('share no folder, and a job whose image is lost before it runs fails and says why', async () => {
      const apart = new GraphqlClient(api.url);
      const lost = await submit(apart, { image: await picture({ seed: 3 }) });
      const kept = await submit(apart, { image: await picture({ seed: 4 }) });
      await lose(lost.id, /input/);
      worker = await startWorker({ env: { ...environment(), QUEUE_URL: redis.url } });
      expect((await follow(apart, lost.id)).at(-1)).toMatchObject({
        status: 'FAILED',
        error: {
          code: 'BAD_USER_INPUT',
          message: 'The image of this job is no longer kept. Send it again as a new job.',
        },
      });
      expect((await fetch((await completed(apart, kept.id)).url)).status).toBe(200);
    });
  });

  it.each([
    [
      'a bucket that is not there',
      () => ({ STORAGE_URL: s3.url('').replace('pictures', 'missing') }),
      'NoSuchBucket',
    ],
    ['a wrong secret', () => ({ AWS_SECRET_ACCESS_KEY: 'guessed' }), 'SignatureDoesNotMatch'],
  ])('the service does not start with %s', async (_, env, words) => {
    const { code, stdout, stderr } = await startInVain('serve', { ...environment(), ...env() });
    expect(code).toBe(1);
    expect(stdout).not.toContain('is ready');
    expect(stderr).toMatch(new RegExp(`^Storage s3://.*${words}.*STORAGE_URL.*\\n$`));
  });

  it('the service does not start without the server', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const STORAGE_URL = s3.url('').replace(s3.endpoint, endpoint);
    const { code, stderr } = await startInVain('serve', { ...environment(), STORAGE_URL });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Storage s3:\/\/.*ECONNREFUSED.*STORAGE_URL.*\n$/);
  });

  // The last one: the server does not come back.
  it('while the server is away what needs no objects goes on, and nothing of it is shown', async () => {
    await s3.stop();
    const answer = await client.post(MASK, { image: inBase64(await picture({ seed: 5 })) });
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['STORAGE_UNAVAILABLE']);
    expect(JSON.stringify(answer.errors)).not.toMatch(/s3:|bucket|pictures|127\.0\.0\.1/i);
    await expectAlive(client);
    expect(service.output()).toMatch(/StorageError/);
  });
});
