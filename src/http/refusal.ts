import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Response } from 'express';
import { CodedError, ERROR_DESCRIPTIONS } from '../errors.js';
import { targetHost } from './host-check.js';

/** Of a header that is repeated to somebody. */
const MAX_CHARACTERS = 200;

/** Of an address its scheme, a user, its host, and what is behind. */
const ADDRESS = /([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#,]*@)?([^\s/?#,]*)[^\s,]*/gi;

/**
 * Whom a request asks for and where it comes from, as far as it may be repeated and logged: of addresses their hosts
 * alone, without a user, a path or a query.
 */
export function toldOf({ headers, url }: IncomingMessage): { host: string; origin?: string } {
  const host = (targetHost(url) ?? headers.host ?? '').replace(/^.*@/s, '');
  // Cut before it is searched, which takes longer than in proportion to its length.
  const origin = headers.origin?.slice(0, MAX_CHARACTERS).replace(ADDRESS, '$1$2');
  return { host: host.slice(0, MAX_CHARACTERS), ...(origin !== undefined && { origin }) };
}

/** The host is not known to be of this service, see `hostCheck`. */
export function hostNotAllowed(request: IncomingMessage): CodedError {
  return new CodedError(
    'HOST_NOT_ALLOWED',
    `Expected a request for this service's own address, and ${quoted(toldOf(request).host)} was asked for. Use another address of ` +
      'it, or let the operator add the name to ALLOWED_HOSTS or set PUBLIC_URL.',
  );
}

/** Pages of the origin may not use the service, see `originCheck`. */
export function originNotAllowed(request: IncomingMessage): CodedError {
  return new CodedError(
    'ORIGIN_NOT_ALLOWED',
    `Pages of ${quoted(toldOf(request).origin)} may not use the service. The operator allows an origin by adding it to ` +
      'ALLOWED_ORIGINS; for pages of the service itself behind a proxy, by setting PUBLIC_URL to the address that ' +
      'browsers use.',
  );
}

function quoted(text = ''): string {
  return text === '' ? 'none' : `'${text}'`;
}

/** Says it in the forms of GraphQL, of the REST routes and of everything else: nobody knows yet who asks. */
export function refuseRequest(response: Response, { code, message }: CodedError): void {
  response
    .status(ERROR_DESCRIPTIONS[code].status)
    .set('Cache-Control', 'no-store')
    .json({ code, message, errors: [{ message, extensions: { code } }] });
}

/** Says it to who wants a WebSocket, and ends the connection. */
export function refuseUpgrade(socket: Duplex, { code, message }: CodedError, requestId: string): void {
  // A peer that has gone meanwhile is nobody's news.
  socket.on('error', () => socket.destroy());
  const { status } = ERROR_DESCRIPTIONS[code];
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    `X-Request-Id: ${requestId}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(message)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${message}`);
}
