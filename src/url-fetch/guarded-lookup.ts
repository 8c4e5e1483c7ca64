import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { notPublic } from './url-policy.js';
import { isPublicAddress } from './public-address.js';

interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Turns a host name into all its addresses. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** The operating system's resolver: hosts file and search domains included. */
export const resolveBySystem: Resolve = async (hostname) => {
  const found = await systemLookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/**
 * A `lookup` for `net.connect` that resolves a name once and gives the socket the very addresses that were checked,
 * so a name server that answers differently the next time (DNS rebinding) gains nothing.
 *
 * @param guarded whether one address that is not public refuses the whole name; off for exempt hosts only
 */
export function pinnedLookup(resolve: Resolve, guarded: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (resolved) => {
        const wanted = options.family === 4 || options.family === 6 ? options.family : undefined;
        const usable = resolved.filter(({ family }) => wanted === undefined || family === wanted);
        const first = usable[0];
        if (guarded && !resolved.every(({ address }) => isPublicAddress(address))) {
          callback(notPublic(hostname), '', 0);
        } else if (first === undefined) {
          const error = Object.assign(new Error(`${hostname} has no usable address`), { code: 'ENOTFOUND' });
          callback(error, '', 0);
        } else if (options.all === true) {
          callback(null, [...usable]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), '', 0);
      },
    );
  };
}
