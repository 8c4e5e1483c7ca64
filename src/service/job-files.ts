/** The pictures that belong to a job, as they lie in the store. */
import { CodedError } from '../errors.js';
import { MEDIA_TYPES } from '../imaging/picture.js';
import { decodeCost } from '../tasks/cost-estimate.js';
import { keysOf } from '../jobs/shared/contract.js';
import { resultName } from '../jobs/api/job-name.js';
import type { JobState } from '../jobs/shared/job-state.js';
import { thumbnailSize } from '../tasks/super-resolve/thumbnail.js';
import type { Context, Services } from './services.js';
import type { ImageFile } from './image-file.js';

interface JobFile extends Omit<ImageFile, 'published' | 'bytes'> {
  readonly key: string;
  readonly storedAt: Date;
  /** What it is saved as, if a name is known. */
  readonly fileName: string | undefined;
}

/** Null until the job is COMPLETED. */
export function jobResult(
  { payload, result, finishedAt, createdAt }: JobState,
  at: Stored,
): ImageFile | null {
  if (!result) return null;
  const { key, bytes: byteLength, width, height, format } = result;
  const { name, scale } = payload;
  return fileOf(
    {
      ...{ key, byteLength, width, height },
      mediaType: MEDIA_TYPES[format],
      storedAt: finishedAt ?? createdAt,
      fileName: name === undefined ? undefined : resultName(name, scale, format),
    },
    at,
  );
}

/** The picture as it was sent; null once it is no longer kept. */
export async function jobSource(
  { payload: { input, name }, createdAt }: JobState,
  at: Stored,
): Promise<ImageFile | null> {
  const { key, width, height, format, bytes: byteLength } = input;
  if (!(await at.store.has(key))) return null;
  const mediaType = `image/${format}`;
  return fileOf({ key, width, height, mediaType, byteLength, storedAt: createdAt, fileName: name }, at);
}

/** The picture made small, once, and kept beside it; null once that is gone. */
export async function jobThumbnail(
  state: JobState,
  { services, signal }: Context,
): Promise<ImageFile | null> {
  const { input } = state.payload;
  const { store, runner } = services;
  const { thumbnail: key } = keysOf(state.id, state.payload);
  if (!(await store.has(input.key))) return null;
  const size = thumbnailSize(input);
  let byteLength = (await store.look(key))?.bytes;
  if (byteLength === undefined) {
    const image = await store.get(input.key);
    if (!image) return null;
    const { result } = await runner.run('thumbnail', { image, size }, { work: decodeCost(input), signal });
    await store.put(key, result.bytes);
    byteLength = result.bytes.byteLength;
  }
  const file = { key, ...size, byteLength, mediaType: MEDIA_TYPES.WEBP };
  return fileOf({ ...file, storedAt: state.createdAt, fileName: undefined }, services);
}

type Stored = Pick<Services, 'store' | 'publisher'>;

function fileOf({ key, storedAt, fileName, ...facts }: JobFile, { store, publisher }: Stored): ImageFile {
  return {
    ...facts,
    published: () => publisher.address(key, storedAt, fileName),
    bytes: async () => {
      const bytes = await store.get(key);
      if (bytes) return bytes;
      throw new CodedError(
        'JOB_NOT_FOUND',
        'A file of this job has expired or was deleted. Send the image again as a new job.',
      );
    },
  };
}
