import type { IncomingMessage } from 'node:http';
import { originOf } from '../web-address.js';

/** Says whether the page that a request came from may use the service. */
export type OriginCheck = (request: IncomingMessage) => boolean;

/**
 * The origins that may: that of the host which the request itself asks for, and the given ones. Only browsers tell
 * an origin, so a request without one passes. A forwarded host is not looked at: anybody can send one.
 * @param allowed as `originOf` gives them; `*` is every one but those that are none, like `null`
 */
export function originCheck(allowed: readonly string[]): OriginCheck {
  const everyOne = allowed.includes('*');
  return ({ headers }) => {
    if (headers.origin === undefined) return true;
    const origin = originOf(headers.origin);
    if (origin === undefined) return false;
    return everyOne || allowed.includes(origin) || origin === sameOrigin(origin, headers.host);
  };
}

/** Proxies that end TLS speak plain HTTP here, so the scheme is not ours to know: only the hosts are compared. */
function sameOrigin(origin: string, host: string | undefined): string | undefined {
  return originOf(`${origin.slice(0, origin.indexOf('//'))}//${host ?? ''}`);
}
