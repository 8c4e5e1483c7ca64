import { UnusableQueue } from './unusable-queue.js';

/** What BullMQ needs; 6.2 is what it recommends. */
const OLDEST = '5.0';

export const EXPECTED = `a single Redis (${OLDEST} or newer, 6.2 recommended) or Valkey server`;

/**
 * Looks at what a server says of itself.
 * @param info the text of INFO; empty where the server does not tell
 * @returns warnings for the operator
 * @throws UnusableQueue for a server that the queue cannot live on
 */
export function checkServer(info: string, where: string): string[] {
  const fields = new Map(
    info.split(/\r?\n/).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)] as const;
    }),
  );
  if (fields.get('cluster_enabled') === '1') {
    throw new UnusableQueue({
      where,
      expected: EXPECTED,
      came: 'it runs in cluster mode, which is not supported',
      advice:
        'use a server with cluster mode disabled (replicas are no obstacle), or unset QUEUE_URL for the embedded queue',
    });
  }
  const version = fields.get('redis_version');
  if (version !== undefined && !fields.has('valkey_version') && Number.parseInt(version, 10) < 5) {
    throw new UnusableQueue({
      where,
      expected: EXPECTED,
      came: `it is version ${version}`,
      advice: 'upgrade it, or unset QUEUE_URL for the embedded queue',
    });
  }
  const policy = fields.get('maxmemory_policy');
  if (policy === undefined || policy === 'noeviction') return [];
  return [
    `Redis ${where}: expected maxmemory-policy noeviction, and it is ${policy}: when its memory is full it may silently drop jobs. Set maxmemory-policy to noeviction.`,
  ];
}
