/** What the service meets when its bucket is not as it should be, at the start and later. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { S3Store } from '../../src/storage/s3.js';
import { s3Client, type S3Location } from '../../src/storage/s3-client.js';
import { openS3Store } from '../../src/storage/s3-open.js';
import { StorageError, UnusableStorage } from '../../src/storage/storage-error.js';
import { freePort } from '../kit/redis-server.js';
import { startS3, stubS3Credentials, type TestS3 } from '../kit/s3-server.js';

beforeAll(stubS3Credentials);
afterAll(() => vi.unstubAllEnvs());

function at(endpoint: string): S3Location {
  return {
    bucket: 'pictures',
    prefix: '',
    region: 'eu-test-1',
    endpoint,
    publicEndpoint: undefined,
    pathStyle: true,
    sweep: true,
  };
}

/** A server that answers as the test says. */
async function serve(answer: RequestListener): Promise<S3Store> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const location = at(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
  return new S3Store(s3Client(location), location);
}

describe('a server that', () => {
  it('is not there is an error of every operation, and of the start', async () => {
    const location = at(`http://127.0.0.1:${await freePort()}`);
    const store = new S3Store(s3Client(location), location);
    const list = async (): Promise<void> => {
      for await (const key of store.list('')) expect.fail(key);
    };
    const asked = [
      store.put('a', new Uint8Array(1)),
      store.get('a'),
      store.open('a'),
      store.has('a'),
      store.delete('a'),
      store.deletePrefix('a'),
      store.expire(new Date()),
      list(),
    ];
    for (const outcome of await Promise.allSettled(asked)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StorageError) as unknown });
    }
    await expect(openS3Store(location)).rejects.toThrow(
      /^Storage s3:\/\/pictures: .*ECONNREFUSED.*STORAGE_URL/,
    );
  });

  it('says nothing is given up after three attempts', async () => {
    let asked = 0;
    const store = await serve(() => (asked += 1));
    await expect(store.has('a')).rejects.toMatchObject({
      what: 'look for a',
      message: expect.stringMatching(/does not answer/) as unknown,
      cause: { name: 'TimeoutError' },
    });
    expect(asked).toBe(3);
  });

  it('takes an object is sent no digest of it, which would hold up the main thread', async () => {
    let headers: IncomingHttpHeaders = {};
    const store = await serve((request, response) => {
      ({ headers } = request);
      response.end();
    });
    await store.put('a.png', new Uint8Array(1000));
    expect(headers).toMatchObject({
      'content-length': '1000',
      'content-type': 'image/png',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      authorization: expect.stringContaining('x-amz-content-sha256') as unknown,
    });
    expect(Object.keys(headers).filter((name) => name.includes('checksum'))).toEqual([]);
  });

  it('fails twice is asked a third time', async () => {
    let asked = 0;
    const store = await serve((_request, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end();
    });
    await store.put('a', new Uint8Array(1));
    expect(asked).toBe(3);
  });

  it('breaks off in the middle of an object does not make a part the whole', async () => {
    const store = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000', etag: '"x"' });
      response.write('the first bytes', () => response.destroy());
    });
    await expect(store.get('a')).rejects.toThrow(StorageError);
    const object = await store.open('a');
    expect(object?.bytes).toBe(1000);
    await expect(object && buffer(object.stream)).rejects.toThrow('aborted');
  });

  it.each([
    [503, 'SlowDown', 'has too much to do'],
    [403, 'AccessDenied', 'refuses the service'],
    [404, 'NoSuchBucket', 'is not there'],
    [507, 'InsufficientStorage', 'is full'],
    [500, 'InternalError', 'does not work'],
  ])(
    'answers %d %s is an outage that clients are told the kind of, and no more',
    async (status, code, words) => {
      const store = await serve((_request, response) => {
        response
          .writeHead(status, { 'content-type': 'application/xml' })
          .end(`<Error><Code>${code}</Code><Message>in pictures</Message></Error>`);
      });
      const failure: unknown = await store.put('a', new Uint8Array(1)).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'STORAGE_UNAVAILABLE',
        facts: { retryAfterMs: expect.any(Number) as unknown },
        cause: { name: code },
      });
      expect(String(failure)).toContain(words);
      expect(String(failure)).not.toMatch(/pictures|127|s3/i);
    },
  );

  it('can delete some objects only is an error that names one', async () => {
    const pages = {
      GET: '<ListBucketResult><Contents><Key>a/1</Key></Contents></ListBucketResult>',
      POST: '<DeleteResult><Error><Key>a/1</Key><Code>AccessDenied</Code><Message>No</Message></Error></DeleteResult>',
    };
    const store = await serve(({ method }, response) => {
      response
        .writeHead(200, { 'content-type': 'application/xml' })
        .end(method === 'POST' ? pages.POST : pages.GET);
    });
    await expect(store.deletePrefix('a')).rejects.toMatchObject({
      what: 'delete a/1',
      cause: 'AccessDenied: No',
    });
  });
});

describe.skipIf(inject('s3Server') === null)('at the start', () => {
  let server: TestS3;
  beforeAll(async () => {
    server = await startS3();
  });
  afterAll(() => server.stop());

  async function refusal(location: S3Location): Promise<string> {
    const error = await openS3Store(location).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UnusableStorage)) throw new Error('It was opened');
    expect(error.message).not.toContain('\n');
    return error.message;
  }

  it('a bucket that can be used is left as it was', async () => {
    const store = await openS3Store(server.location('okulo'));
    for await (const key of store.list('')) expect.fail(key);
  });

  it('a missing bucket is refused', async () => {
    expect(await refusal({ ...server.location('okulo'), bucket: 'missing' })).toMatch(
      /^Storage s3:\/\/missing\/okulo: .*NoSuchBucket.*make the bucket/,
    );
  });

  it.each([
    ['key', { AWS_ACCESS_KEY_ID: 'somebody' }, /access key/],
    ['secret', { AWS_SECRET_ACCESS_KEY: 'guessed' }, /SignatureDoesNotMatch/],
  ])('a wrong %s is refused, and not shown', async (_, env, words) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const message = await refusal(server.location(''));
    stubS3Credentials();
    expect(message).toMatch(words);
    expect(message).toMatch(/credentials/);
    expect(message).not.toContain('guessed');
  });

  it('a region that is not the server’s is refused', async () => {
    expect(await refusal({ ...server.location(''), region: 'us-east-1' })).toContain('eu-test-1');
  });
});
