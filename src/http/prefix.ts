/** The path of PUBLIC_URL: proxies pass it on or take it away, and the service answers either way. */
import type { IncomingMessage, Server } from 'node:http';
import { Router } from 'express';
import { segmentsOf } from '../public-url.js';
import { isOwnPath } from '../routes.js';

/**
 * Has a server answer beneath a path as it does at its root, WebSockets included: routes see addresses without it.
 * @param prefix as in an address, like `/vision`; `''` for none
 * @returns what sends those who ask for the path itself to what lies in it; mount it ahead of the other routes
 */
export function serveBeneath(server: Server, prefix: string): Router {
  const router = Router();
  if (prefix === '') return router;
  const segments = segmentsOf(prefix) ?? [];
  const strip = (request: IncomingMessage) => {
    request.url = withoutPrefix(request.url ?? '/', segments);
  };
  // Ahead of the application and of the WebSockets.
  server.prependListener('request', strip);
  server.prependListener('upgrade', strip);
  router.use((request, response, next) => {
    const { method, path } = request;
    if (!['GET', 'HEAD'].includes(method) || !isSame(segmentsOf(path), segments)) {
      next();
      return;
    }
    // Without the slash at its end the page would look for its parts one level above.
    const [, query] = split(request.url);
    response.redirect(`${prefix}/${query}`);
  });
  return router;
}

/** @returns path and query beneath the prefix; what lies elsewhere stays as it is */
function withoutPrefix(url: string, prefix: readonly string[]): string {
  const [path, query] = split(url);
  // Beneath https://example.com/studio/ a proxy that takes /studio away asks for /studio/assets.
  if (isOwnPath(path)) return url;
  const names = path.split('/').slice(1);
  const rest = names.splice(prefix.length);
  if (rest.length === 0 || !isSame(segmentsOf(`/${names.join('/')}`), prefix)) return url;
  return `/${rest.join('/')}${query}`;
}

function isSame(names: readonly string[] | undefined, others: readonly string[]): boolean {
  return names?.length === others.length && names.every((name, index) => name === others[index]);
}

/** @returns path, and query with its question mark where there is one */
function split(url: string): [string, string] {
  const end = url.indexOf('?');
  return end === -1 ? [url, ''] : [url.slice(0, end), url.slice(end)];
}
