import { isIP } from 'node:net';
import { CodedError, shortened } from '../errors.js';
import { isPublicAddress } from './public-address.js';

// Other ports are where databases, mail and control planes listen; a web server for pictures has no need of them.
const ALLOWED_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Servers take no longer ones; signed addresses have about 2,000 characters. */
const LONGEST_URL = 8192;

export type UrlVerdict = 'guarded' | 'exempt';

/** @throws CodedError BAD_USER_INPUT when the text is no address. */
export function parseUrl(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new CodedError(
    'BAD_USER_INPUT',
    'The image url is not an address. Expected a whole one, like https://example.com/picture.jpg.',
  );
}

/**
 * Judges an address before anything is sent to it; host names are judged again when they are resolved.
 *
 * @param exemptHosts `host:port` in the spelling of `exemptHost`
 * @throws CodedError URL_FORBIDDEN, saying which rule was broken
 */
export function judgeUrl(url: URL, exemptHosts: ReadonlySet<string>): UrlVerdict {
  if (url.href.length > LONGEST_URL) {
    throw forbidden(
      `An image address may have at most ${LONGEST_URL} characters, and this one has ${url.href.length}.`,
    );
  }
  const defaultPort = DEFAULT_PORTS[url.protocol];
  if (defaultPort === undefined) {
    throw forbidden(`Image addresses start with http:// or https://, not ${shortened(url.protocol)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw forbidden('An image address must not hold a user name or password.');
  }
  const port = url.port === '' ? defaultPort : Number(url.port);
  if (exemptHosts.has(`${url.hostname}:${port}`)) return 'exempt';
  if (!ALLOWED_PORTS.has(port)) {
    throw forbidden(`Images are fetched from ports ${[...ALLOWED_PORTS].join(', ')}, not ${port}.`);
  }
  // The URL parser has already brought 0x7f.1, 2130706433 and their like into the usual form.
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw notPublic(url.hostname);
  return 'guarded';
}

/**
 * Brings an operator's `host:port` into the spelling that a URL would have.
 *
 * @throws CodedError BAD_USER_INPUT when it is not a host with a port
 */
export function exemptHost(hostAndPort: string): string {
  const text = `http://${hostAndPort}`;
  const url = /:[0-9]+$/.test(hostAndPort) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.pathname !== '/' || url.username !== '') {
    throw new CodedError(
      'BAD_USER_INPUT',
      `"${hostAndPort}" is not a host with a port, like minio.internal:9000.`,
    );
  }
  return `${url.hostname}:${url.port === '' ? '80' : url.port}`;
}

function forbidden(message: string): CodedError {
  return new CodedError('URL_FORBIDDEN', message);
}

/** The one sentence for every address inside: it must not tell which addresses a name has. */
export function notPublic(host: string): CodedError {
  return new CodedError(
    'URL_FORBIDDEN',
    `${shortened(host)} resolves to an address that is not public. Give an address on the public internet, ` +
      'or send the image itself by upload or base64.',
  );
}
