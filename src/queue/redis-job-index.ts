import { QueueKeys } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { byName, type Averages, type JobIndex, type Place } from './job-index.js';

/** Beneath the queue's own prefix: a user of the server may be restricted to that. */
const BASE = new QueueKeys().toKey('okulo-jobs', '');

/**
 * Sets of places in their order, `<milliseconds> <id>`, one for each owner and status and one for each owner; and by
 * id what was written last. Scripts, so that the parts never disagree.
 */
const REMOVE_OLD = `
local base, id = KEYS[1], ARGV[1]
local old = redis.call('HGET', base .. 'entries', id)
local function removeOld()
  if not old then return end
  local owner, status, place = unpack(cjson.decode(old))
  redis.call('ZREM', base .. 'all:' .. owner, place)
  redis.call('ZREM', base .. status .. ':' .. owner, place)
  redis.call('HDEL', base .. 'unfinished', id)
  redis.call('ZREM', base .. 'ended', id)
end`;

const PUT = `${REMOVE_OLD}
local owner, status, place, ended, name = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local new = cjson.encode({owner, status, place, ended, name})
if new == old then return end
removeOld()
redis.call('HSET', base .. 'entries', id, new)
redis.call('ZADD', base .. 'all:' .. owner, 0, place)
redis.call('ZADD', base .. status .. ':' .. owner, 0, place)
if ended == '' then redis.call('HSET', base .. 'unfinished', id, status)
else redis.call('ZADD', base .. 'ended', ended, id) end`;

const DROP = `${REMOVE_OLD}
removeOld()
redis.call('HDEL', base .. 'entries', id)`;

const PAGE = `
local base, set, from, limit = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local found = {}
for _, place in ipairs(redis.call('ZREVRANGEBYLEX', base .. set, from, '-', 'LIMIT', 0, limit)) do
  local at, id = string.match(place, '^(%d+) (.+)$')
  local entry = redis.call('HGET', base .. 'entries', id)
  found[#found + 1] = {at, id, entry and cjson.decode(entry)[5] or ''}
end
return found`;

const COUNTS = `
local base, owner = KEYS[1], ARGV[1]
local counts = {}
for n = 2, #ARGV do counts[n - 1] = redis.call('ZCARD', base .. ARGV[n] .. ':' .. owner) end
return counts`;

const AVERAGE = `
local base, name, value = KEYS[1], ARGV[1], tonumber(ARGV[2])
local seen = redis.call('HINCRBY', base .. 'measured', name, 1)
local before = tonumber(redis.call('HGET', base .. 'averages', name) or value)
redis.call('HSET', base .. 'averages', name, tostring(before + (value - before) / math.min(seen, 8)))`;

const pageShape = z.array(z.tuple([z.coerce.number(), z.string(), z.string()]));

export function redisJobIndex(redis: Redis): JobIndex {
  const run = (script: string, ...args: (string | number)[]): Promise<unknown> =>
    redis.eval(script, 1, BASE, ...args);
  return {
    put: async ({ owner, status, endedAt, name, ...place }) => {
      await run(PUT, place.id, owner, status, placeText(place), endedAt ?? '', name);
    },
    drop: async (id) => {
      await run(DROP, id);
    },
    page: async (owner, { status, after, limit }) => {
      const from = after === undefined ? '+' : `(${placeText(after)}`;
      const found = pageShape.parse(await run(PAGE, `${status ?? 'all'}:${owner}`, from, limit));
      return found.map(([createdAt, id, name]) => ({ createdAt, id, name }));
    },
    counts: async (owner, statuses) => {
      const counts = z.array(z.int()).parse(await run(COUNTS, owner, ...statuses));
      return byName(statuses, (_status, index) => counts[index]);
    },
    unfinished: async () => new Map(Object.entries(await redis.hgetall(`${BASE}unfinished`))),
    outdated: ({ before, limit }) =>
      redis.zrangebyscore(`${BASE}ended`, '-inf', `(${before}`, 'LIMIT', 0, limit),
    isBuilt: async () => (await redis.exists(`${BASE}built`)) === 1,
    built: async () => {
      await redis.set(`${BASE}built`, 1);
    },
  };
}

export function redisAverages(redis: Redis): Averages {
  return {
    add: async (name, value) => {
      await redis.eval(AVERAGE, 1, BASE, name, value);
    },
    read: async (names) => {
      if (names.length === 0) return new Map();
      const values = await redis.hmget(`${BASE}averages`, ...names);
      return new Map(
        names.flatMap((name, index) => {
          const value = values[index];
          return value == null ? [] : [[name, Number(value)] as const];
        }),
      );
    },
  };
}

/** Texts of one length, so that their order is that of time. */
function placeText({ createdAt, id }: Place): string {
  return `${String(createdAt).padStart(15, '0')} ${id}`;
}
