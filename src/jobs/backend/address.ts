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
  return { kind, url, printable: `${url.protocol}//${url.host}${url.pathname}` };
}
