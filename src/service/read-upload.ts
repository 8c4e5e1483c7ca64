import { fstat, type Stats } from 'node:fs';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { FileUpload } from 'graphql-upload-ts';
import { CodedError, messageOf } from '../errors.js';
import { hasErrno, isSystemError } from '../platform/errno.js';
import { unlessAborted } from '../platform/deadline.js';
import { StorageUnavailable } from '../platform/storage-unavailable.js';
import { noteLackOfRoom } from '../platform/temporary-room.js';
import { tooManyBytes } from './image-file.js';

/**
 * The bytes of an uploaded file. They are kept in a temporary file while they come.
 * @param signal the time limit of the request: a sender that stops half-way is not waited for any longer
 * @throws CodedError BAD_USER_INPUT, BAD_IMAGE, IMAGE_TOO_LARGE; StorageUnavailable where there is no room for them
 */
export async function readUpload(
  upload: Promise<FileUpload>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const file = await arrived(upload, signal);
  try {
    await spooled(file.capacitor, signal);
    const chunks: Buffer[] = [];
    for await (const chunk of file.createReadStream() as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof CodedError) throw cause;
    if (isSystemError(cause)) {
      if (hasErrno(cause, 'ENOSPC', 'EDQUOT'))
        noteLackOfRoom(Math.max(bytesCome(file.capacitor), MIN_LACKING));
      throw new StorageUnavailable('temporary', cause);
    }
    if (messageOf(cause).includes('size limit')) throw tooManyBytes(maxBytes);
    throw new CodedError(
      'BAD_IMAGE',
      'The upload was interrupted before the whole image arrived. Send it again.',
      {
        cause,
      },
    );
  }
}

/** A part without a file name is a plain field to every multipart parser. */
const NO_FILE =
  'Expected a file for \'upload\' in the multipart request, and no part of it is one. The part needs the name that \'map\' gives it, and a file name: Content-Disposition: form-data; name="0"; filename="picture.jpg".';
const BROKE_OFF =
  "Expected a file for 'upload' in the multipart request, but the request ended before the file arrived. Send it again.";

/** The file's part of the request has begun. */
async function arrived(upload: Promise<FileUpload>, signal: AbortSignal): Promise<FileUpload> {
  try {
    return await unlessAborted(signal, upload);
  } catch (cause) {
    signal.throwIfAborted();
    throw new CodedError(
      'BAD_USER_INPUT',
      messageOf(cause).startsWith('File missing') ? NO_FILE : BROKE_OFF,
      { cause },
    );
  }
}

/** What a stream writes at a time: how much more would have come after a write that failed is not known. */
const MIN_LACKING = 65_536;

function bytesCome(capacitor: FileUpload['capacitor']): number {
  return Number(capacitor['_pos']);
}

const statOf = promisify<number, Stats>(fstat);

/**
 * Waits until all of a file is in its temporary file. Its reader would not hear of a write that failed, and wait for
 * ever; of one for which there was room only in part, nobody would.
 */
async function spooled(capacitor: FileUpload['capacitor'], signal: AbortSignal): Promise<void> {
  await finished(capacitor, { signal, cleanup: true });
  const expected = bytesCome(capacitor);
  const { size: kept } = await statOf(capacitor._fd ?? -1);
  if (kept >= expected) return;
  noteLackOfRoom(expected);
  throw new StorageUnavailable(
    'temporary',
    Object.assign(new Error(`ENOSPC: of an upload of ${expected} bytes only ${kept} were written`), {
      code: 'ENOSPC',
      syscall: 'write',
    }),
  );
}
