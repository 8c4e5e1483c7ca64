import type { QueueKind } from './contract.js';
import { UnusableQueue } from './unusable-queue.js';

const KIND_OF_SCHEME: Readonly<Record<string, Exclude<QueueKind, 'pglite'>>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

const EXPECTED = 'redis://, rediss://, postgres:// or postgresql://, or nothing for the embedded queue';

export interface ServerAddress {
  readonly kind: Exclude<QueueKind, 'pglite'>;
  readonly url: URL;
  readonly printable: string;
}

/** Redis numbers its databases; what is no number would lead to number 0, which may be somebody else's. */
function checkDatabase({ pathname, searchParams }: URL): void {
  const database = pathname.replace(/^\//, '');
  if (/^\d{0,5}$/.test(database) && !searchParams.has('db')) return;
  throw new UnusableQueue({
    where: 'address',
    expected:
      'the number of a Redis database behind the server, like redis://localhost:6379/0, or nothing for 0',
    came: searchParams.has('db') ? 'db stands in its query' : `${JSON.stringify(database.slice(0, 40))} came`,
    advice: 'correct QUEUE_URL',
  });
}

/** @throws UnusableQueue for an address of another scheme, or one that cannot be read */
export function serverAddress(raw: string): ServerAddress {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  // An @ behind the host is what is left of a password with an unescaped / ? or #: nothing here is fit to print.
  if (url === undefined || `${url.pathname}${url.search}${url.hash}`.includes('@')) {
    throw new UnusableQueue({
      where: 'address',
      expected: EXPECTED,
      came: 'the address cannot be read as a URL',
      advice: 'percent-encode special characters of the user and the password in QUEUE_URL',
    });
  }
  const kind = KIND_OF_SCHEME[url.protocol];
  if (kind === undefined) {
    throw new UnusableQueue({
      where: 'address',
      expected: EXPECTED,
      came: `its scheme is ${url.protocol}`,
      advice: 'change or unset QUEUE_URL',
    });
  }
  if (kind === 'redis') checkDatabase(url);
  return { kind, url, printable: `${url.protocol}//${url.host}${url.pathname}` };
}
