import { CodedError } from '../errors.js';
import { checkSides } from '../imaging/codec/encode.js';
import { decodeCost } from '../tasks/cost-estimate.js';
import { pixelsOf, type ImageFormat, type Size } from '../imaging/picture.js';
import { jobName } from '../jobs/api/job-name.js';
import type { JobState } from '../jobs/shared/job-state.js';
import { outputFor } from '../registry/prepared-model.js';
import { receiveImage, type GivenImage } from './receive-image.js';
import type { Context } from './services.js';
import { pixelsInWords } from '../size-words.js';

export interface JobRequest {
  readonly image: GivenImage;
  readonly format: ImageFormat;
  readonly model: string | null | undefined;
  readonly idempotencyKey: string | null | undefined;
  /** A file name; an upload's own unless given. */
  readonly name?: string | null | undefined;
}

const LONGEST_KEY = 200;

/** Looks an image through to its last byte and queues it. */
export async function submitJob(request: JobRequest, context: Context): Promise<JobState> {
  const { services, owner, signal } = context;
  const idempotencyKey = checkedKey(request.idempotencyKey);
  const given = request.name == null ? undefined : jobName(request.name);
  const { prepared } = services.catalog.resolve('SUPER_RESOLVE', request.model);
  const { scale } = outputFor('SUPER_RESOLVE', prepared);
  const { bytes, header, name } = await receiveImage(request.image, context);
  checkSize(header, scale, request.format, services.limits.superResolutionPixels);
  const { width, height, format } = header;
  const { result: inspection } = await services.runner.run(
    'inspect',
    { image: bytes },
    { work: decodeCost(header), signal },
  );
  return services.jobs.submit({
    owner,
    image: bytes,
    input: { width, height, format, ...inspection },
    model: prepared,
    format: request.format,
    idempotencyKey,
    name: given ?? name,
  });
}

/**
 * Refuses pictures that are too large to be enlarged.
 * @throws CodedError IMAGE_TOO_LARGE
 */
export function checkSize(header: Size, scale: number, format: ImageFormat, maxPixels: number): void {
  const { width, height } = header;
  if (pixelsOf(header) > maxPixels) {
    throw new CodedError(
      'IMAGE_TOO_LARGE',
      `The image is ${width}x${height} pixels, and super resolution takes at most ${pixelsInWords(maxPixels, Math.floor)}. Send a smaller one.`,
      { facts: { maxPixels, width, height } },
    );
  }
  checkSides({ width: width * scale, height: height * scale }, format);
}

function checkedKey(key: string | null | undefined): string | undefined {
  if (key == null) return undefined;
  if (key.length > 0 && key.length <= LONGEST_KEY) return key;
  throw new CodedError(
    'BAD_USER_INPUT',
    `Expected 'idempotencyKey' to have 1 to ${LONGEST_KEY} characters, and it has ${key.length}.`,
  );
}
