import { errnoOf, isSystemError } from '../platform/errno.js';
import { fileTrouble } from '../platform/file-trouble.js';

/**
 * What is wrong with a server that holds the queue and answers, but not with what was asked, in words for clients:
 * without addresses, users and settings.
 */

/** By the first word of Redis' answer. @see https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const REDIS: Readonly<Record<string, string>> = {
  OOM: 'its memory is full',
  READONLY: 'it is a replica, which takes no writes',
  MISCONF: 'it cannot save to its disk, and takes no writes until it can',
  NOREPLICAS: 'too few of its replicas are connected, and it takes no writes until they are',
  MASTERDOWN: 'it has lost its primary server',
  CLUSTERDOWN: 'it is in cluster mode, which is not supported',
  CROSSSLOT: 'it is in cluster mode, which is not supported',
  MOVED: 'it is in cluster mode, which is not supported',
  ASK: 'it is in cluster mode, which is not supported',
  NOAUTH: 'it asks for a password',
  WRONGPASS: 'it refuses the password',
  NOPERM: 'its user may not do what the queue needs',
  DENIED: 'it refuses connections from here',
  LOADING: 'it is still loading its data',
  BUSY: 'it is busy with a script',
};

/** By SQLSTATE. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES: Readonly<Record<string, string>> = {
  '25006': 'it is a read-only server, which takes no writes',
  '28000': 'it refuses the user',
  '28P01': 'it refuses the password',
  '3D000': 'its database is not there',
  '42501': 'its user may not do what the queue needs',
  '53100': 'its disk is full',
  '53200': 'its memory is full',
  '53300': 'it has too many connections',
  '57P01': 'it is being shut down',
  '57P03': 'it is still starting',
};

/** Of the embedded queue, which has files of its own. */
const DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES']);

/** @returns the end of a sentence; undefined where the server did not answer, or nothing better can be said */
export function troubleOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { message } = at;
    const code = errnoOf(at) ?? '';
    if (DISK.has(code) && isSystemError(at)) return `its disk ${fileTrouble(at).words}`;
    const known = POSTGRES[code] ?? REDIS[firstKnown(message)];
    if (known !== undefined) return known;
    if (/DB index is out of range|not allowed in cluster mode/.test(message))
      return 'its database is not there';
    if (/can't run this command|no permissions/.test(message)) return REDIS.NOPERM;
    if (/max number of clients/.test(message)) return 'it has too many connections';
  }
  return undefined;
}

/** Scripts pass on what a command in them was answered, older servers after words of their own. */
function firstKnown(message: string): string {
  return message.split(/[^A-Z]+/).find((word) => Object.hasOwn(REDIS, word)) ?? '';
}

/** An answer may name the servers of a cluster. */
const ADDRESS = /\S+:\d{2,5}\b/g;

/**
 * What the server itself has said, without addresses; undefined where it has said nothing: the words of a connection
 * that failed tell where it led.
 */
export function ownWordsOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === 'ReplyError' || 'severity' in at) return at.message.replace(ADDRESS, '…').slice(0, 200);
  }
  return undefined;
}
