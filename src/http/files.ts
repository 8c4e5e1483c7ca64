import { pipeline } from 'node:stream/promises';
import { Router, type Response } from 'express';
import type { ErrorCode } from '../errors.js';
import type { ObjectStore, StoredObject } from '../storage/object-store.js';
import type { Signer } from '../storage/signed-address.js';

export interface FileRoutesOptions {
  readonly store: Pick<ObjectStore, 'open'>;
  readonly signer: Pick<Signer, 'verify'>;
}

/**
 * `GET /files/<key>` for the addresses that the signer made. The signature is the permission: no other
 * authentication is asked for, so that the address works in an `<img>` element.
 */
export function fileRoutes({ store, signer }: FileRoutesOptions): Router {
  const router = Router();

  // Express answers HEAD by this route too.
  router.get('/files/*key', async (request, response) => {
    const key = request.params.key.join('/');
    const { expires, signature } = request.query;
    // A refusal must not outlive its reason in some cache.
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    switch (signer.verify(key, { expires, signature })) {
      case 'forged':
        refuse(response, 403, 'FORBIDDEN', FORGED);
        return;
      case 'expired':
        refuse(response, 410, 'FORBIDDEN', EXPIRED);
        return;
      case 'valid':
    }

    const object = await store.open(key);
    if (object === undefined) {
      refuse(response, 404, 'NOT_FOUND', GONE);
      return;
    }
    response.status(200).set(headersOf(key, object, Number(expires)));
    if (request.method === 'HEAD') {
      object.stream.destroy();
      response.end();
      return;
    }
    await send(object, response);
  });

  return router;
}

const FORGED =
  'This file address was not signed by this service, or was changed or cut on its way. ' +
  'Use the address whole, with its query, as the service gave it.';
const EXPIRED = 'This file address has expired. Query the result again to get a fresh address.';
const GONE = 'This file is no longer kept. Run the operation again to make it anew.';

function refuse(response: Response, status: number, code: ErrorCode, message: string): void {
  response.status(status).json({ code, message });
}

function headersOf(key: string, object: StoredObject, expires: number): Record<string, string> {
  const secondsLeft = Math.max(0, expires - Math.ceil(Date.now() / 1000));
  // A key's last segment needs no escapes inside the quotes.
  const filename = key.slice(key.lastIndexOf('/') + 1);
  return {
    'Content-Type': object.mediaType,
    'Content-Length': String(object.bytes),
    'Content-Disposition': `inline; filename="${filename}"`,
    'Cache-Control': `private, max-age=${secondsLeft}, immutable`,
    // Clients' own pages, on any site, show these pictures.
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}

async function send(object: StoredObject, response: Response): Promise<void> {
  try {
    await pipeline(object.stream, response);
  } catch (error) {
    // The client has left, and the pipeline has ended the stream: nobody is there to be told.
    const clientLeft =
      error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!clientLeft) throw error;
  }
}
