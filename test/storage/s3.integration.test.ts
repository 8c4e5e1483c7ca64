import { randomBytes, randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { S3Store } from '../../src/storage/s3.js';
import { s3Client, type S3Location } from '../../src/storage/s3-client.js';
import { startS3, stubS3Credentials, type TestS3 } from '../kit/s3-server.js';
import { describeObjectStore } from './object-store-suite.js';

const bytes = new TextEncoder().encode('bytes');

describe.skipIf(inject('s3Server') === null)('on a server', () => {
  let server: TestS3;
  beforeAll(async () => {
    stubS3Credentials();
    server = await startS3();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.stop();
  });

  function storeAt(location: S3Location): S3Store {
    return new S3Store(s3Client(location), location);
  }

  async function newBucket(): Promise<string> {
    const Bucket = randomUUID();
    await server.client.send(new CreateBucketCommand({ Bucket }));
    return Bucket;
  }

  async function keysOf(store: S3Store): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of store.list('')) keys.push(key);
    return keys;
  }

  async function putMany(store: S3Store, count: number): Promise<string[]> {
    const keys = Array.from({ length: count }, (_, index) => `tiles/${String(index).padStart(5, '0')}`);
    const waiting = keys.values();
    const hand = async (): Promise<void> => {
      for (const key of waiting) await store.put(key, bytes);
    };
    await Promise.all(Array.from({ length: 16 }, hand));
    return keys;
  }

  describeObjectStore('S3Store with a bucket of its own', async () => ({
    store: storeAt({ ...server.location(''), bucket: await newBucket() }),
    dispose: () => Promise.resolve(),
  }));

  describeObjectStore('S3Store with a prefix', () =>
    Promise.resolve({
      store: storeAt(server.location(`okulo/${randomUUID()}`)),
      dispose: () => Promise.resolve(),
    }),
  );

  describe('S3Store', () => {
    it('says the address that people know it by', () => {
      expect(storeAt(server.location('')).address).toBe('s3://pictures');
      expect(storeAt(server.location('okulo/test')).address).toBe('s3://pictures/okulo/test');
    });

    it('leaves alone what has another prefix, and names that are no keys', async () => {
      const bucket = await newBucket();
      const foreign = ['okulo-b/a', 'okulo/READ ME', 'other'];
      for (const Key of foreign) {
        await server.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: bytes }));
      }
      const store = storeAt({ ...server.location('okulo'), bucket });
      await store.put('a/b', bytes);
      expect(await keysOf(store)).toEqual(['a/b']);
      expect(await store.expire(new Date(Date.now() + 60_000))).toBe(1);
      const whole = storeAt({ ...server.location(''), bucket });
      expect(await whole.has('okulo-b/a')).toBe(true);
      expect(await keysOf(whole)).toEqual(['okulo-b/a', 'other']);
    });

    it('lists and removes more than one page', async () => {
      const store = storeAt(server.location(randomUUID()));
      const keys = await putMany(store, 1003);
      expect(await keysOf(store)).toEqual(keys);
      await store.put('other', bytes);
      await store.deletePrefix('tiles');
      expect(await keysOf(store)).toEqual(['other']);
    }, 60_000);

    it('leaves expiry to the bucket where it is told to', async () => {
      const store = storeAt({ ...server.location(randomUUID()), sweep: false });
      await store.put('a', bytes);
      expect(await store.expire(new Date(Date.now() + 60_000))).toBe(0);
      expect(await keysOf(store)).toEqual(['a']);
    });

    it('streams an object to a reader that leaves, and goes on', async () => {
      const store = storeAt(server.location(randomUUID()));
      await store.put('large.png', randomBytes(5_000_000));
      for (let round = 0; round < 3; round += 1) {
        const object = await store.open('large.png');
        object?.stream.destroy();
      }
      expect(await store.get('large.png')).toHaveLength(5_000_000);
    });

    it('does not give up a reader that takes its time', async () => {
      const store = storeAt(server.location(randomUUID()));
      await store.put('a', bytes);
      const object = await store.open('a');
      expect(object?.stream).toHaveProperty('socket.timeout', 0);
      object?.stream.destroy();
    });

    it('takes a bucket that is gone for a fault, not for an absence', async () => {
      const store = storeAt({ ...server.location(''), bucket: randomUUID() });
      await expect(store.get('a')).rejects.toMatchObject({
        name: 'StorageError',
        code: 'STORAGE_UNAVAILABLE',
        what: 'read a',
        cause: { name: 'NoSuchBucket' },
      });
      await expect(store.expire(new Date())).rejects.toMatchObject({ what: 'list the bucket' });
    });
  });

  describe('a presigned address', () => {
    const KEY = 'jobs/1/output.png';
    const picture = randomBytes(10_000);
    const inAnHour = (): Date => new Date(Date.now() + 3_600_000);
    let store: S3Store;
    beforeAll(async () => {
      store = storeAt(server.location('okulo'));
      await store.put(KEY, picture);
      await store.put('jobs/2/output.png', picture);
    });

    it('gives the object to whoever has it, with its media type, until the time that was asked for', async () => {
      const wanted = inAnHour();
      const { url, expiresAt } = await store.presign(KEY, wanted);
      expect(expiresAt).toEqual(wanted);
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(picture.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
    });

    it.each([
      ['crops/a.jpg', 'image/jpeg'],
      ['crops/a.webp', 'image/webp'],
      ['crops/a', 'application/octet-stream'],
    ])('of %s comes back as %s', async (key, mediaType) => {
      await store.put(key, picture);
      const { url } = await store.presign(key, inAnHour());
      expect((await fetch(url)).headers.get('content-type')).toBe(mediaType);
    });

    it.each([
      ['for another object', (url: URL) => (url.pathname = url.pathname.replace('jobs/1', 'jobs/2'))],
      ['with a later end', (url: URL) => url.searchParams.set('X-Amz-Expires', '86400')],
      ['with another signature', (url: URL) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64))],
      ['without its signature', (url: URL) => (url.search = '')],
    ])('is refused %s', async (_, tamper) => {
      const { url } = await store.presign(KEY, inAnHour());
      tamper(url);
      expect((await fetch(url)).status).toBe(403);
    });

    it('does not serve for writing', async () => {
      const { url } = await store.presign(KEY, inAnHour());
      expect((await fetch(url, { method: 'PUT', body: 'other' })).status).toBe(403);
      expect(picture.equals((await store.get(KEY)) ?? Buffer.alloc(0))).toBe(true);
    });

    it('is refused after its end', async () => {
      const earlier = Date.now() - 3_600_000;
      vi.useFakeTimers({ toFake: ['Date'], now: earlier });
      const { url } = await store
        .presign(KEY, new Date(earlier + 3_000_000))
        .finally(() => vi.useRealTimers());
      const response = await fetch(url);
      expect(response.status).toBe(403);
      expect(await response.text()).toMatch(/expired/i);
    });

    it('has a browser save the object under the name that it was made with', async () => {
      const { url } = await store.presign(KEY, inAnHour(), 'Äpfel.x4.png');
      expect(url.searchParams.get('response-content-disposition')).toBe(
        `inline; filename="?pfel.x4.png"; filename*=UTF-8''%C3%84pfel.x4.png`,
      );
      expect((await fetch(url)).status).toBe(200);
    });

    it('is made for what is not there, and then leads nowhere', async () => {
      const { url } = await store.presign('nothing.png', inAnHour());
      expect((await fetch(url)).status).toBe(404);
    });

    it('lives a week at most, and says so', async () => {
      const week = 7 * 24 * 3_600_000;
      const { url, expiresAt } = await store.presign(KEY, new Date(Date.now() + 2 * week));
      expect(Number(url.searchParams.get('X-Amz-Expires'))).toBe(week / 1000);
      expect(expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + week);
      expect((await fetch(url)).status).toBe(200);
    });

    it('lives no longer than the credentials that sign it, and says so', async () => {
      const end = new Date(Date.now() + 1_200_000);
      vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', end.toISOString());
      const { url, expiresAt } = await storeAt(server.location('okulo')).presign(KEY, inAnHour());
      vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', undefined);
      expect(expiresAt).toEqual(end);
      expect(Number(url.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(1200);
      expect((await fetch(url)).status).toBe(200);
    });

    it('names the server that clients know', async () => {
      const publicEndpoint = `http://localhost:${server.port}`;
      const { url } = await storeAt({ ...server.location('okulo'), publicEndpoint }).presign(KEY, inAnHour());
      expect(url.origin).toBe(publicEndpoint);
      expect((await fetch(url)).status).toBe(200);
    });

    it('is not made for what is no key', async () => {
      await expect(store.presign('../a', inAnHour())).rejects.toThrow(RangeError);
    });
  });
});
