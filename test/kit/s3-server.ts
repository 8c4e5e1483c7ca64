import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { inject, vi } from 'vitest';
import type { S3Location } from '../../src/storage/s3-client.js';
import { freePort, startServer } from './redis-server.js';

const REGION = 'eu-test-1';

/** What the server takes, in the form that every AWS tool finds it in. */
export const S3_CREDENTIALS = { AWS_ACCESS_KEY_ID: 'tester', AWS_SECRET_ACCESS_KEY: 'a secret of the tests' };

/** Has the SDK find these credentials in this process, and none of the machine's own. */
export function stubS3Credentials(): void {
  const environment = {
    ...S3_CREDENTIALS,
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
    // As src/config.ts has it for the service.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

export interface TestS3 {
  /** Like `http://127.0.0.1:12345`. */
  readonly endpoint: string;
  readonly port: number;
  /** A bucket that is there, and empty at first. */
  readonly bucket: string;
  /** A client of the test's own. */
  readonly client: S3Client;
  location(prefix: string): S3Location;
  /** The same as STORAGE_URL. */
  url(prefix: string): string;
  stop(): Promise<void>;
}

/** An S3 server of its own for a suite, ready when this resolves. Its files go away with it. */
export async function startS3(): Promise<TestS3> {
  const binary = inject('s3Server');
  if (binary === null) throw new Error('versitygw is needed: skip this suite where inject() gives null');
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'okulo-s3-'));
  const [objects, metadata] = [join(dir, 'objects'), join(dir, 'metadata')];
  await Promise.all([mkdir(objects), mkdir(metadata)]);
  const { AWS_ACCESS_KEY_ID: access, AWS_SECRET_ACCESS_KEY: secret } = S3_CREDENTIALS;
  const server = await startServer(
    binary,
    [
      ...['--port', `127.0.0.1:${port}`, '--region', REGION, '--access', access, '--secret', secret],
      // Beside the objects rather than in extended attributes, which not every file system has.
      ...['posix', '--sidecar', metadata, objects],
    ],
    'service listening on',
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({
    endpoint,
    region: REGION,
    forcePathStyle: true,
    credentials: { accessKeyId: access, secretAccessKey: secret },
    // The line comes a moment before the port.
    maxAttempts: 10,
  });
  const bucket = 'pictures';
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    endpoint,
    port,
    bucket,
    client,
    location: (prefix) => ({
      bucket,
      prefix,
      region: REGION,
      endpoint,
      publicEndpoint: undefined,
      pathStyle: true,
      sweep: true,
    }),
    url: (prefix) => `s3://${bucket}/${prefix}?region=${REGION}&endpoint=${endpoint}&pathStyle=true`,
    stop: async () => {
      client.destroy();
      await server.end('SIGTERM');
      await rm(dir, { recursive: true, force: true });
    },
  };
}
