import type { FileUpload } from 'graphql-upload-ts';
import { CodedError } from '../errors.js';
import { readHeader } from '../imaging/codec/header.js';
import type { ImageHeader } from '../imaging/picture.js';
import { nameOfUpload } from '../jobs/api/job-name.js';
import { inSpan } from '../observability/tracing.js';
import { readBase64 } from './read-base64.js';
import { readUpload } from './read-upload.js';
import type { Context, Services } from './services.js';
import { tooManyBytes } from './image-file.js';

/** An image as clients give it: in exactly one of these ways. */
export interface GivenImage {
  readonly upload?: Promise<FileUpload> | null;
  readonly url?: URL | null;
  /** With or without a data: prefix. */
  readonly base64?: string | null;
}

/** An image as it came, with what its header says. */
export interface ReceivedImage {
  readonly bytes: Uint8Array;
  readonly header: ImageHeader;
  /** Milliseconds that it took to come. */
  readonly receive: number;
  /** The file name of an upload, if it has one. */
  readonly name: string | undefined;
}

/** What it takes to take in an image. */
interface Receiving extends Pick<Context, 'signal'> {
  readonly services: Pick<Services, 'limits' | 'fetchImage'>;
}

/**
 * Takes in an image, however it was given, and reads its header.
 * @throws CodedError BAD_IMAGE, IMAGE_TOO_LARGE, BAD_USER_INPUT, STORAGE_UNAVAILABLE, or those of a download
 */
export async function receiveImage(
  input: GivenImage,
  { services, signal }: Receiving,
): Promise<ReceivedImage> {
  const { uploadBytes: maxBytes, imagePixels: maxPixels } = services.limits;
  const start = performance.now();
  const bytes = await inSpan('receive', {}, () =>
    bytesOf(input, maxBytes, signal, (url) => services.fetchImage(url, signal)),
  );
  const receive = performance.now() - start;
  const header = await readHeader(bytes, { maxPixels });
  const name = input.upload ? nameOfUpload((await input.upload).filename) : undefined;
  return { bytes, header, receive, name };
}

async function bytesOf(
  { upload, url, base64 }: GivenImage,
  maxBytes: number,
  signal: AbortSignal,
  download: (url: URL) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (upload) return readUpload(upload, maxBytes, signal);
  if (url) return download(url);
  if (base64 != null) return readText(base64, maxBytes);
  throw new CodedError(
    'BAD_USER_INPUT',
    'Expected an image in one of upload, url and base64, and none of them came.',
  );
}

/** base64 takes four characters for three bytes; prefix and line breaks come on top. */
const CHARACTERS_PER_BYTE = 1.4;
const LONGEST_PREFIX = 210;

async function readText(base64: string, maxBytes: number): Promise<Uint8Array> {
  if (base64.length > maxBytes * CHARACTERS_PER_BYTE + LONGEST_PREFIX) throw tooManyBytes(maxBytes);
  const bytes = await readBase64(base64);
  if (bytes.byteLength > maxBytes) throw tooManyBytes(maxBytes);
  return bytes;
}
