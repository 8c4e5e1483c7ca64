import { connect } from 'node:net';
import { within } from '../platform/deadline.js';

/** One line is enough. */
const MAX_BYTES = 300;
const HIDDEN_TLS = ', as servers do that speak TLS: try rediss:// for redis://';
/** How a TLS server begins its complaint about what is none. */
const TLS_ALERT = 0x15;

/**
 * Looks at what a server says to a first command. Of what is no Redis, or does not let anybody in, the client library
 * would only tell that the connection has ended.
 * @returns what is wrong, in the server's own words if it has any; undefined where nothing can be told
 */
export async function greetingOf(url: URL, limitMs: number): Promise<string | undefined> {
  const encrypted = url.protocol === 'rediss:';
  const first = await within(limitMs, firstBytes(url, limitMs)).catch(() => undefined);
  if (first === undefined) return undefined;
  if (first.length === 0) return `it closes the connection at once${encrypted ? '' : HIDDEN_TLS}`;
  if (first[0] === TLS_ALERT) return encrypted ? undefined : 'it speaks TLS: write rediss:// for redis://';
  const line = first.toString('latin1').split('\r\n')[0] ?? '';
  if (/^(HTTP\/|<)/.test(line)) return 'an HTTP server answers there';
  const isRedis = /^(\+PONG|-(NOAUTH|DENIED|ERR|LOADING|NOPERM|MASTERDOWN|WRONGPASS)\b)/.test(line);
  if (encrypted && isRedis) return 'it does not speak TLS: write redis:// for rediss://';
  // Of a password that is missing or may come, the client library tells more.
  if (/^(\+PONG|-NOAUTH|-NOPERM)/.test(line)) return undefined;
  return line.startsWith('-')
    ? line.slice(1)
    : `something other than Redis answers there: ${JSON.stringify(line.slice(0, 60))}`;
}

const SILENT = new Error('the server says nothing');

async function firstBytes({ hostname, port }: URL, limitMs: number): Promise<Buffer> {
  // The brackets of an IPv6 address belong to the URL.
  const host = hostname.replace(/^\[|\]$/g, '') || '127.0.0.1';
  const socket = connect({ host, port: Number(port || 6379), timeout: limitMs });
  socket.on('timeout', () => socket.destroy(SILENT));
  // What follows the answer is nobody's any more, and some servers close before they have read.
  const read: Buffer[] = [];
  const seen = { connected: false };
  socket.on('connect', () => (seen.connected = true));
  socket.on('error', () => undefined);
  socket.write('PING\r\n');
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      read.push(chunk);
      if (chunk.includes('\n') || Buffer.concat(read).length >= MAX_BYTES || chunk[0] === TLS_ALERT) break;
    }
  } catch (error) {
    // One that cuts the connection has said so.
    if (!seen.connected || error === SILENT) throw error;
  } finally {
    socket.destroy();
  }
  return Buffer.concat(read).subarray(0, MAX_BYTES);
}
