/** What a request for a file asks beside the file: only if it has changed, or only a part. RFC 9110, 13 and 14. */
import type { Request } from 'express';
import type { ByteRange, ObjectFacts } from '../storage/object-store.js';

/** Whether the sender has these very bytes: one of the tags in If-None-Match is that of the file. */
export function isUnchanged(request: Request, { etag }: ObjectFacts): boolean {
  const asked = request.get('If-None-Match');
  if (asked === undefined) return false;
  return asked.trim() === '*' || (asked.match(/"[^"]*"/g)?.includes(etag) ?? false);
}

/**
 * The part of a file that is asked for. Several parts at a time are answered with the whole file, as is a part of
 * other bytes than these (If-Range), and whatever is no range of bytes. (Express's own parser refuses the last
 * thousand bytes of a file that has fewer.)
 * @returns undefined for the whole file
 */
export function partOf(request: Request, { bytes, etag }: ObjectFacts): ByteRange | 'outside' | undefined {
  // HEAD has no parts.
  if (request.method !== 'GET') return undefined;
  const only = request.get('If-Range');
  if (only !== undefined && only.trim() !== etag) return undefined;
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(request.get('Range')?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  // Without a first byte it is the last ones that are asked for, as many as there are.
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Number(last);
  if (first !== '' && last !== '' && end < start) return undefined;
  return start >= bytes ? 'outside' : { start, end: Math.min(end, bytes - 1) };
}
