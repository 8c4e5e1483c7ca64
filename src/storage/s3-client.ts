import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/** A bucket and the way there. Credentials are not part of it: they come from the SDK's default chain. */
export interface S3Location {
  readonly bucket: string;
  /** What all keys begin with, without slashes at its ends; `''` for a bucket of the service's own. */
  readonly prefix: string;
  /** Undefined for what the SDK finds, like `AWS_REGION`. */
  readonly region: string | undefined;
  /** Of another server than AWS's own. */
  readonly endpoint: string | undefined;
  /** What clients reach the server by, where that is not what the service reaches it by. */
  readonly publicEndpoint: string | undefined;
  /** Whether the bucket stands in the path rather than in the host name. */
  readonly pathStyle: boolean;
  /** Whether `expire` looks for old objects; false where a lifecycle rule of the bucket removes them. */
  readonly sweep: boolean;
}

const ATTEMPTS = 3;
const CONNECT_LIMIT_MS = 2000;
/** Without a byte in either direction. A server that hangs costs three times as long, and then is an error. */
const IDLE_LIMIT_MS = 5000;
/** From the first byte of a request to the first of its answer: a large result on a slow line. */
const REQUEST_LIMIT_MS = 60_000;
/** Readers of streams may be slow, and must not keep others from the store. */
const MAX_CONNECTIONS = 256;

/** The client that does the service's own work. */
export function s3Client(location: S3Location): S3Client {
  const agent = { keepAlive: true, maxSockets: MAX_CONNECTIONS };
  const client = new S3Client({
    ...target(location, location.endpoint),
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_LIMIT_MS,
      socketTimeout: IDLE_LIMIT_MS,
      requestTimeout: REQUEST_LIMIT_MS,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  sendPayloadsUnsigned(client);
  return client;
}

/** The client whose addresses are handed out; it sends nothing itself. */
export function presigningClient(client: S3Client, location: S3Location): S3Client {
  if (location.publicEndpoint === undefined) return client;
  const { credentials } = client.config;
  return new S3Client({ ...target(location, location.publicEndpoint), credentials });
}

function target({ region, pathStyle }: S3Location, endpoint: string | undefined): S3ClientConfig {
  return {
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: pathStyle,
    // Not every server that speaks S3 knows the newer checksums, and they are reckoned on the main thread.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}

/** The digest of a large result would hold up the main thread for tens of milliseconds. docs/decisions/0008. */
function sendPayloadsUnsigned(client: S3Client): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const { request } = args;
        if (commandName === 'PutObjectCommand' && hasHeaders(request)) {
          request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
        }
        return next(args);
      },
    { step: 'build', name: 'sendPayloadsUnsigned' },
  );
}

function hasHeaders(request: unknown): request is { headers: Record<string, string> } {
  return typeof request === 'object' && request !== null && 'headers' in request;
}
