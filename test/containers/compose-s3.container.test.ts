/** docker-compose.yml with its S3 server: results lie in a bucket, and clients fetch them there. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { findS3Server } from '../kit/s3-program.js';
import { completed, job, submit } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { API, Compose, obtainImage, obtainQueue } from './compose.js';

const STORE = 'http://127.0.0.1:7070';
const program = findS3Server();

describe.skipIf(!inject('hasEngine') || program === null)('docker compose with the profile s3', () => {
  const compose = new Compose('okulo-test-s3', {
    REDIS_PASSWORD: 'of-the-test',
    S3_USER: 'okulo',
    S3_PASSWORD: 'of-the-test-too',
    STORAGE_URL: `s3://okulo?region=us-east-1&endpoint=http://s3:7070&pathStyle=true&publicEndpoint=${STORE}`,
  });

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'okulo-s3-image-'));
    await cp(program ?? '', join(folder, 'versitygw'));
    await Promise.all([
      obtainQueue(),
      obtainImage(
        'versity/versitygw:v1.8.0',
        'COPY versitygw /usr/local/bin/\nENTRYPOINT ["versitygw"]',
        folder,
      ),
    ]);
    await rm(folder, { recursive: true });
    await compose.do('--profile', 's3', 'up', '-d', '--no-build');
    await compose.areHealthy('api', 'worker');
  });
  afterAll(async () => {
    await compose.do('--profile', 's3', 'down', '-v', '-t', '10');
  });

  it('enlarges a picture, whose result is fetched from the S3 server', async () => {
    const client = new GraphqlClient(API);
    const { id } = await submit(client, { image: await picture() });
    await vi.waitFor(() => completed(client, id), { timeout: 120_000, interval: 500 });
    const url = (await job(client, id))?.result?.url ?? '';
    expect(url.startsWith(`${STORE}/okulo/`)).toBe(true);
    const result = await fetch(url);
    expect([result.status, result.headers.get('content-type')]).toEqual([200, 'image/png']);
    const unsigned = await fetch(url.slice(0, url.indexOf('?')));
    expect(unsigned.status).toBe(403);
  });
});
