import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';
import { OPERATOR_PATHS } from '../routes.js';
import { hostnameOf } from '../web-address.js';

/** What load balancers and scrapers ask for, by whatever name they know. It holds nothing of anybody's. */
const EXEMPT: ReadonlySet<string> = new Set(OPERATOR_PATHS);

/** The host that a request's target names, which may be a whole address; undefined where it is a path. */
export function targetHost(target: string | undefined): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/([^/\\?#]*)/i.exec(target ?? '')?.[1];
}

/**
 * Says whether a request asks for a host that is this service's. A page of any site can give its own name this
 * machine's address (DNS rebinding) and is then of one origin with the service: only the name that it asks for
 * gives it away. No such page can have the name of an address literal, of `localhost`, or one without a dot.
 * @param names that are the service's own, as `hostnameOf` gives them; `.example.com` is that name and all below it
 */
export function hostCheck(names: readonly string[]): (request: IncomingMessage) => boolean {
  const isOwn = (name: string): boolean =>
    name.startsWith('[') ||
    isIPv4(name) ||
    !name.includes('.') ||
    name.endsWith('.localhost') ||
    names.some((own) => (own.startsWith('.') ? `.${name}`.endsWith(own) : name === own));

  return (request) => {
    const { url = '' } = request;
    if (EXEMPT.has(url.replace(/\?.*$/s, ''))) return true;
    // One Host, and where the request's target names a host too, both.
    const { host: [host = '', ...more] = [] } = request.headersDistinct;
    const target = targetHost(url);
    return (
      more.length === 0 &&
      [host, target ?? host].map(hostnameOf).every((name) => name !== undefined && isOwn(name))
    );
  };
}
