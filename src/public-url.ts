/** What `PUBLIC_URL` may say. */
import { isOwnPath } from './routes.js';

/**
 * The names that a path is made of: a proxy may pass on `/caf%c3%a9/` for `/caf%C3%A9/`.
 * @returns undefined for a path that holds a broken escape
 */
export function segmentsOf(path: string): string[] | undefined {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** What is wrong with the address that clients reach the service by. What came is not repeated: it may hold a password. */
export function publicUrlFaults(value: string): string[] {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return ['expected an address like https://example.com/vision/, and what came is none'];
  }
  const faults: string[] = [];
  if (url.username !== '' || url.password !== '') {
    faults.push('expected no name or password in the address: leave them out');
  }
  if (url.search !== '' || url.hash !== '') {
    faults.push('expected an address without ? and #: results are found beneath it. Leave out what follows');
  }
  const path = pathOf(url);
  const segments = segmentsOf(path);
  if (segments === undefined || segments.some((name) => name === '' || name.includes('/'))) {
    faults.push(
      `expected a path like /vision/, and ${url.pathname} came: it must hold no // and no %2F, and its escapes must be those of UTF-8`,
    );
  } else if (isOwnPath(path) || segments.at(-1) === 'graphql') {
    faults.push(
      `expected the address that Studio is found by, and the path ${url.pathname} is one of the service's own routes. Leave out the route, or choose another path`,
    );
  }
  return faults;
}

/** @returns an address without faults in its one spelling, with no slash at the end, as `https://example.com/vision` */
export function publicUrlOf(value: string): string {
  const url = new URL(value);
  return `${url.origin}${pathOf(url)}`;
}

/** @returns the path without a slash at its end, `''` for an address that has none */
export function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '');
}
