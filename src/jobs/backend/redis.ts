import { createRedisBackend, QueueKeys } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { ServerAddress } from './address.js';
import { within } from './deadline.js';
import type { Store } from './store.js';
import { reasonOf, UnusableQueue } from './unusable-queue.js';

const START_LIMIT_MS = 4000;
const COMMAND_LIMIT_MS = 2000;

/** How long an XREAD blocks. Redis wakes it without fail; this bounds how long a dead connection goes unnoticed. */
const EVENT_POLL_MS = 5000;

const backoffMs = (attempt: number): number => Math.min(attempt * 200, 2000);

const CONNECTION = {
  connectTimeout: 2000,
  keepAlive: 10_000,
  retryStrategy: backoffMs,
} satisfies RedisOptions;

interface Connection {
  readonly status: string;
  disconnect(): void;
  once(event: 'end', listener: () => void): unknown;
}

/**
 * BullMQ copies its connection for each worker and each reader of events. The copies are counted in, so that
 * one still trying to reach a server that went away cannot keep the process alive after `close`.
 */
class CountedRedis extends Redis {
  readonly copies = new Set<Connection>();

  override duplicate<Override extends Partial<RedisOptions> | undefined = undefined>(override?: Override) {
    const copy = super.duplicate(override);
    this.copies.add(copy);
    copy.once('end', () => this.copies.delete(copy));
    return copy;
  }
}

/**
 * Redis or Valkey, over two kinds of connection: one for callers who want an answer or an error now, and ones
 * for workers and readers of events, which wait out an outage.
 * @throws UnusableQueue within five seconds when the server cannot be reached or refuses
 */
export async function openRedis(
  { url, printable }: ServerAddress,
  onError: (error: unknown) => void,
): Promise<Store> {
  const prompt = await connectPromptly(url, printable, onError);
  const patient = new CountedRedis(url.href, { ...CONNECTION, maxRetriesPerRequest: null });
  patient.on('error', onError);

  return {
    kind: 'redis',
    address: printable,
    eventPollMs: EVENT_POLL_MS,
    factory: (name, options, roles = {}) => {
      const waits = roles.blocking === true || roles.withBlockingConnection === true;
      return createRedisBackend(name, { ...options, connection: waits ? patient : prompt }, roles);
    },
    lastEventId: async (name) => {
      const [newest] = await prompt.xrevrange(new QueueKeys().toKey(name, 'events'), '+', '-', 'COUNT', 1);
      return newest?.[0] ?? '0-0';
    },
    probe: () => prompt.ping(),
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
  let started = false;
  let refusal: unknown;
  const redis = new Redis(url.href, {
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
    await within(START_LIMIT_MS, redis.connect());
    await within(START_LIMIT_MS, redis.ping());
    started = true;
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new UnusableQueue(
      {
        where: `at ${printable}`,
        expected: 'a Redis or Valkey server',
        came: `it cannot be used (${reasonOf(refusal ?? error)})`,
        advice: 'start it, correct QUEUE_URL, or unset QUEUE_URL for the embedded queue',
      },
      refusal ?? error,
    );
  }
}

/** Resolves when the connection is down. A waiting one has no socket, and its 'end' would not come. */
async function hangUp(connection: Connection): Promise<void> {
  if (connection.status === 'end') return;
  const hasSocket = connection.status !== 'reconnecting' && connection.status !== 'wait';
  const ended = new Promise<void>((resolve) => connection.once('end', resolve));
  connection.disconnect();
  if (hasSocket) await ended;
}
