import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import type { ErrorCode } from '../errors.js';
import { hasErrno } from '../platform/errno.js';
import { shownAs } from '../storage/disposition.js';
import type { ObjectFacts, ObjectStore, StoredObject } from '../storage/object-store.js';
import type { Signer } from '../storage/signed-address.js';
import { isUnchanged, partOf } from './file-conditions.js';

export interface FileRoutesOptions {
  readonly store: Pick<ObjectStore, 'open' | 'look'>;
  readonly signer: Pick<Signer, 'verify'>;
}

/**
 * `GET /files/<key>`, whole, in part or only if it has changed, for the addresses that the signer made. The signature
 * is the permission: no other authentication is asked for, so that the address works in an `<img>` element.
 */
export function fileRoutes({ store, signer }: FileRoutesOptions): Router {
  const router = Router();

  // Express answers HEAD by this route too.
  router.get('/files/*key', async (request, response) => {
    const key = request.params.key.join('/');
    const { expires, name, signature } = request.query;
    // A refusal must not outlive its reason in some cache.
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    switch (signer.verify(key, { expires, name, signature })) {
      case 'forged':
        refuse(response, 403, 'FORBIDDEN', FORGED);
        return;
      case 'expired':
        refuse(response, 410, 'FORBIDDEN', EXPIRED);
        return;
      case 'valid':
    }

    const fileName = typeof name === 'string' ? name : key.slice(key.lastIndexOf('/') + 1);
    await serve(store, { key, fileName, expires: Number(expires) }, request, response);
  });

  return router;
}

const FORGED =
  'This file address was not signed by this service, or was changed or shortened. ' +
  'Use the complete address, with its query, as the service gave it.';
const EXPIRED = 'This file address has expired. Query the result again to get a fresh address.';
const GONE = 'This file is no longer kept. Run the operation again to make a new one.';

/** What a signed address says. */
interface Address {
  readonly key: string;
  /** What the file is saved as. */
  readonly fileName: string;
  /** Unix time, in seconds. */
  readonly expires: number;
}

async function serve(
  store: FileRoutesOptions['store'],
  address: Address,
  request: Request,
  response: Response,
): Promise<void> {
  const { key, expires } = address;
  const facts = await store.look(key);
  if (facts === undefined) {
    refuse(response, 404, 'NOT_FOUND', GONE);
    return;
  }
  if (isUnchanged(request, facts)) {
    response.status(304).set(cachingOf(facts, expires)).end();
    return;
  }
  const part = partOf(request, facts);
  if (part === 'outside') {
    response.set('Content-Range', `bytes */${facts.bytes}`);
    refuse(
      response,
      416,
      'BAD_REQUEST',
      `Expected a part of the file's ${facts.bytes} bytes. Ask for less of it.`,
    );
    return;
  }
  if (request.method === 'HEAD') {
    response.status(200).set(headersOf(address, facts)).end();
    return;
  }
  const object = await store.open(key, part);
  if (object?.etag !== facts.etag) {
    // Written anew or deleted meanwhile: what was found out about it no longer holds.
    object?.stream.destroy();
    await serve(store, address, request, response);
    return;
  }
  response.status(200).set(headersOf(address, facts));
  if (part !== undefined) {
    const { start, end } = part;
    response.status(206).set({
      'Content-Range': `bytes ${start}-${end}/${facts.bytes}`,
      'Content-Length': String(end - start + 1),
    });
  }
  await send(object, response);
}

function refuse(response: Response, status: number, code: ErrorCode, message: string): void {
  response.status(status).json({ code, message });
}

function headersOf({ fileName, expires }: Address, facts: ObjectFacts): Record<string, string> {
  return {
    ...cachingOf(facts, expires),
    'Accept-Ranges': 'bytes',
    'Content-Type': facts.mediaType,
    'Content-Length': String(facts.bytes),
    'Content-Disposition': shownAs(fileName),
    // Clients' own pages, on any site, show these pictures.
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}

function cachingOf({ etag }: ObjectFacts, expires: number): Record<string, string> {
  const secondsLeft = Math.max(0, expires - Math.ceil(Date.now() / 1000));
  return { ETag: etag, 'Cache-Control': `private, max-age=${secondsLeft}, immutable` };
}

async function send(object: StoredObject, response: Response): Promise<void> {
  try {
    await pipeline(object.stream, response);
  } catch (error) {
    // The client has left, and the pipeline has ended the stream: nobody is there to be told.
    if (!hasErrno(error, 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  }
}
