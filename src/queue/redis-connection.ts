import { Redis, type RedisOptions } from 'ioredis';

export interface Connection {
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
    guard(copy);
    this.copies.add(copy);
    copy.once('end', () => this.copies.delete(copy));
    return copy;
  }
}

/** A connection that is of use in its own database alone. */
export function redisConnection(url: string, options: Omit<RedisOptions, 'replyMapping'>): CountedRedis {
  const redis = new CountedRedis(url, options);
  guard(redis);
  return redis;
}

function guard(redis: Redis): void {
  leaveOtherDatabasesAlone(redis);
  sayNothingOfEviction(redis);
}

/**
 * Where the database is not there, also after a reconnect, ioredis would go on in number 0: among the keys of
 * somebody else. This one tries again until it is there.
 */
function leaveOtherDatabasesAlone(redis: Redis): void {
  const select = redis.select.bind(redis);
  redis.select = async (database) => {
    try {
      return await select(database);
    } catch (error) {
      redis.disconnect(true);
      throw error;
    }
  };
}

/** BullMQ prints a line of its own for each connection; the start has said it once. */
function sayNothingOfEviction(redis: Redis): void {
  const info = redis.info.bind(redis) as (...args: unknown[]) => Promise<string>;
  Object.assign(redis, {
    info: async (...args: unknown[]) => (await info(...args)).replace(/^maxmemory_policy:.*$/m, ''),
  });
}
