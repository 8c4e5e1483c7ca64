import type { IncomingMessage } from 'node:http';
import { Router, type Request, type Response } from 'express';
import type { CodedError } from '../errors.js';
import type { Logger } from '../observability/logger.js';
import { hostnameOf } from '../web-address.js';
import { cors } from './cors.js';
import { hostCheck } from './host-check.js';
import { originCheck } from './origin-check.js';
import { refusalLog } from './refusal-log.js';
import { hostNotAllowed, originNotAllowed, refuseRequest, toldOf } from './refusal.js';

export interface AdmissionOptions {
  /** Whether everybody is served who reaches the service, without a key. */
  readonly keyless: boolean;
  /** Where it listens. */
  readonly host: string;
  /** What clients reach it by: its host is the service's own, and its pages may use it. */
  readonly publicUrl: string | undefined;
  /** More names, see `hostCheck`. */
  readonly hosts: readonly string[];
  /** More origins, see `originCheck`. */
  readonly origins: readonly string[];
  /** The methods of the routes that pages of other origins may use, by path. */
  readonly methods: Readonly<Record<string, string>>;
  readonly log: Pick<Logger, 'warn'>;
}

/** Which requests are let in, by the host that they ask for and the origin that they come from. */
export interface Admission {
  /** To stand before everything that reads a request or answers it. */
  readonly router: Router;
  /** Why no WebSocket is opened; undefined when it may be. */
  readonly refusedUpgrade: (request: IncomingMessage) => CodedError | undefined;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

export function admission(options: AdmissionOptions): Admission {
  const { keyless, methods, log } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
  const ownNames = [options.host, publicUrl?.host ?? ''].map(hostnameOf).filter((name) => name !== undefined);
  const isOwnHost = hostCheck([...ownNames, ...options.hosts]);
  const isAllowed = originCheck([...(publicUrl ? [publicUrl.origin] : []), ...options.origins]);
  const tell = refusalLog(log);
  const refused = (request: IncomingMessage, refusal: CodedError): CodedError => {
    tell(refusal, toldOf(request));
    return refusal;
  };
  const refusedHost = (request: IncomingMessage) =>
    keyless && !isOwnHost(request) ? refused(request, hostNotAllowed(request)) : undefined;
  const refusedOrigin = (request: IncomingMessage) => refused(request, originNotAllowed(request));
  // A page needs no leave to send what a form could; what that does must not depend on how each route reads bodies.
  // A browser that says that the page is of the same origin knows better than we do behind a proxy.
  const isForeignWrite = (request: IncomingMessage): boolean =>
    keyless &&
    !READS.has(request.method ?? '') &&
    !isAllowed(request) &&
    request.headers['sec-fetch-site'] !== 'same-origin';

  const router = Router();
  router.use((request, response, next) => {
    const refusal = refusedHost(request);
    if (refusal) refuseRequest(response, refusal);
    else next();
  });
  const refuseOrigin = (request: Request, response: Response) =>
    refuseRequest(response, refusedOrigin(request));
  router.use(cors({ isAllowed, methods, onRefused: refuseOrigin }));
  router.use((request, response, next) => {
    if (isForeignWrite(request)) refuseOrigin(request, response);
    else next();
  });

  return {
    router,
    refusedUpgrade: (request) =>
      refusedHost(request) ?? (isAllowed(request) ? undefined : refusedOrigin(request)),
  };
}
