import { Router, type Request, type Response } from 'express';
import type { OriginCheck } from './origin-check.js';

/** What a page of another origin may read beside the few headers that every page may. */
const EXPOSED =
  'Accept-Ranges, Content-Disposition, Content-Range, ETag, Retry-After, WWW-Authenticate, X-Request-Id';
/** What clients send. A page may ask for more: that its origin is allowed is all that counts. */
const HEADERS = [
  'Accept',
  'Apollo-Require-Preflight',
  'Authorization',
  'Content-Type',
  'If-None-Match',
  'If-Range',
  'Range',
  'X-Apollo-Operation-Name',
  'X-Request-Id',
];
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** In seconds; browsers keep an answer for two hours at most. */
const MAX_AGE = '7200';

export interface CorsOptions {
  readonly isAllowed: OriginCheck;
  /** The methods by path: the path itself and all below it. */
  readonly methods: Readonly<Record<string, string>>;
  /** Told of a preflight of an origin that is not allowed, which it answers. */
  readonly onRefused: (request: Request, response: Response) => void;
}

/**
 * Lets pages of allowed origins read answers, those of errors too, and answers OPTIONS. Mount it before whatever asks
 * for a key: preflights carry none. There are no cookies, so the mode with credentials is not offered.
 * https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function cors({ isAllowed, methods, onRefused }: CorsOptions): Router {
  const router = Router();
  for (const [path, allowed] of Object.entries(methods)) {
    router.use(path, (request, response, next) => {
      response.vary('Origin');
      const { origin } = request.headers;
      const pass = isAllowed(request);
      if (origin !== undefined && pass) {
        response.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED });
      }
      if (request.method !== 'OPTIONS') {
        next();
        return;
      }
      response.set('Allow', `${allowed}, OPTIONS`);
      const asksLeave = request.headers['access-control-request-method'] !== undefined;
      if (asksLeave && !pass) {
        onRefused(request, response);
        return;
      }
      if (origin !== undefined && asksLeave) {
        response.vary('Access-Control-Request-Headers').set({
          'Access-Control-Allow-Methods': allowed,
          'Access-Control-Allow-Headers': allowedHeaders(request.headers['access-control-request-headers']),
          'Access-Control-Max-Age': MAX_AGE,
        });
      }
      response.status(204).end();
    });
  }
  return router;
}

function allowedHeaders(asked: string | string[] | undefined): string {
  const known = new Set(HEADERS.map((name) => name.toLowerCase()));
  const more = String(asked ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => TOKEN.test(name) && !known.has(name));
  return [...HEADERS, ...new Set(more)].join(', ');
}
