import { randomUUID } from 'node:crypto';
import { createRedisBackend, QueueKeys } from 'bullmq';
import type { Redis, RedisOptions } from 'ioredis';
import { messageOf } from '../errors.js';
import { errnoOf, isSystemError } from '../platform/errno.js';
import type { ServerAddress } from './address.js';
import { within } from '../platform/deadline.js';
import { redisConnection, type Connection } from './redis-connection.js';
import { greetingOf } from './redis-greeting.js';
import { redisAverages, redisJobIndex } from './redis-job-index.js';
import { checkServer, EXPECTED } from './redis-server.js';
import type { Store } from './store.js';
import { ownWordsOf, troubleOf } from './trouble.js';
import { UnusableQueue } from './unusable-queue.js';

const START_LIMIT_MS = 3500;
const GREETING_LIMIT_MS = 1000;
const COMMAND_LIMIT_MS = 2000;

/** How long an XREAD blocks. Redis wakes it without fail; this bounds how long a dead connection goes unnoticed. */
const EVENT_POLL_MS = 5000;

const backoffMs = (attempt: number): number => Math.min(attempt * 200, 2000);

/** For `reconnectOnError`: to connect anew, and to send the command that was refused again. */
const RESEND = 2;

/**
 * Whether a server has lost its role: after a failover the name leads to another one, and the connections that were
 * open still lead to this one. A blocked command is told so when it happens, any other that writes is refused.
 */
function hasLostItsRole({ message }: Error): boolean {
  return /\b(READONLY|UNBLOCKED)\b/.test(message);
}

const CONNECTION = {
  connectTimeout: 2000,
  keepAlive: 10_000,
  retryStrategy: backoffMs,
} satisfies RedisOptions;

/**
 * Redis or Valkey, over two kinds of connection: one for callers who want an answer or an error now, and ones
 * for workers and readers of events, which wait out an outage.
 * @throws UnusableQueue within five seconds when the server cannot be reached or refuses, or would not serve
 */
export async function openRedis(
  { url, printable }: ServerAddress,
  onError: (error: unknown) => void,
): Promise<Store> {
  const prompt = await connectPromptly(url, printable, onError);
  const patient = redisConnection(url.href, {
    ...CONNECTION,
    maxRetriesPerRequest: null,
    reconnectOnError: (error) => hasLostItsRole(error) && RESEND,
  });
  patient.on('error', onError);
  // Why the server does not let a connection in: a call then only fails of there being none.
  let refusal: unknown;
  prompt.on('error', (error: unknown) => {
    if (ownWordsOf(error) !== undefined) refusal = error;
    else if (isSystemError(error)) refusal = undefined;
  });
  prompt.on('ready', () => (refusal = undefined));
  prompt.options.reconnectOnError = (error) => {
    if (!hasLostItsRole(error)) return false;
    refusal = error;
    return true;
  };
  const asking = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw refusal ?? error;
    }
  };

  return {
    kind: 'redis',
    address: printable,
    eventPollMs: EVENT_POLL_MS,
    factory: (name, options, roles = {}) => {
      const waits = roles.blocking === true || roles.withBlockingConnection === true;
      return createRedisBackend(name, { ...options, connection: waits ? patient : prompt }, roles);
    },
    index: redisJobIndex(prompt),
    averages: redisAverages(prompt),
    lastEventId: async (name) => {
      const [newest] = await prompt.xrevrange(new QueueKeys().toKey(name, 'events'), '+', '-', 'COUNT', 1);
      return newest?.[0] ?? '0-0';
    },
    probe: () => asking(prompt.ping()),
    check: () => asking(writeAndReadBack(prompt)),
    close: async () => {
      await Promise.all([prompt, patient, ...patient.copies].map(hangUp));
    },
  };
}

async function connectPromptly(
  url: URL,
  printable: string,
  onError: (error: unknown) => void,
): Promise<Redis> {
  const refuse = (reason: string, cause?: unknown): UnusableQueue =>
    new UnusableQueue(
      {
        where: `at ${printable}`,
        expected: EXPECTED,
        came: `it cannot be used (${reason})`,
        advice: 'start it, correct QUEUE_URL, or unset QUEUE_URL for the embedded queue',
      },
      cause,
    );
  const encrypted = url.protocol === 'rediss:';
  const greeting = encrypted ? undefined : await greetingOf(url, GREETING_LIMIT_MS);
  // One that is still loading may be ready in time.
  if (greeting !== undefined && !greeting.startsWith('LOADING')) throw refuse(greeting);

  let started = false;
  let refusal: unknown;
  const redis = redisConnection(url.href, {
    ...CONNECTION,
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_LIMIT_MS,
    retryStrategy: (attempt) => (started ? backoffMs(attempt) : null),
  });
  redis.on('error', (error: unknown) => {
    if (started) onError(error);
    else refusal ??= error;
  });
  try {
    await within(
      START_LIMIT_MS,
      redis.connect().then(() => tryOut(redis, printable, onError)),
    );
    started = true;
    return redis;
  } catch (error) {
    redis.disconnect();
    if (error instanceof UnusableQueue) throw error;
    const cause = refusal ?? error;
    const trouble = troubleOf(cause);
    if (trouble !== undefined) throw refuse(`${trouble}: ${messageOf(cause)}`, cause);
    const distrust = distrustIn(cause);
    if (distrust !== undefined) throw refuse(distrust, cause);
    const seen = encrypted ? await greetingOf(url, GREETING_LIMIT_MS) : greeting;
    throw refuse(seen ?? messageOf(cause), cause);
  }
}

/** What Node.js calls a certificate that it does not accept. @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/;

function distrustIn(error: unknown): string | undefined {
  const code = errnoOf(error) ?? '';
  if (!CERTIFICATE.test(code)) return undefined;
  return `its certificate is not accepted: ${messageOf(error)}. Where an authority of your own has signed it, NODE_EXTRA_CA_CERTS names the file of that one's certificate`;
}

async function tryOut(redis: Redis, printable: string, onError: (error: unknown) => void): Promise<void> {
  // Managed servers may forbid it; what matters then shows in use.
  const info = await redis.call('INFO').catch(() => '');
  for (const words of checkServer(String(info), `at ${printable}`)) onError(new Error(words));
  await writeAndReadBack(redis);
}

/** As the queue's own scripts write: with a script, under its prefix. A server may answer and refuse that. */
const SCRIPT = `redis.call('SET', KEYS[1], ARGV[1], 'PX', 10000) return redis.call('GET', KEYS[1])`;

async function writeAndReadBack(redis: Redis): Promise<void> {
  const token = randomUUID();
  const read = await redis.eval(SCRIPT, 1, new QueueKeys().toKey('okulo-check', token), token);
  if (read !== token) throw new Error('what was written is not what was read back');
}

/** Resolves when the connection is down. A waiting one has no socket, and its 'end' would not come. */
async function hangUp(connection: Connection): Promise<void> {
  if (connection.status === 'end') return;
  const hasSocket = connection.status !== 'reconnecting' && connection.status !== 'wait';
  const ended = new Promise<void>((resolve) => connection.once('end', resolve));
  connection.disconnect();
  if (hasSocket) await ended;
}
