import type { ImageFormat, Size } from '../imaging/picture.js';
import { outputFor } from '../registry/prepared-model.js';
import { within } from './ranges.js';
import type { Services } from './services.js';
import { checkSize } from './submit-job.js';

/** No file that is read has a longer side. */
const SIDE: [number, number] = [1, 65_535];

export interface JobEstimate {
  /** Pixels of the result. */
  readonly outputWidth: number;
  readonly outputHeight: number;
  /** Until it would be done, with the jobs before it. */
  readonly seconds: number;
  readonly jobsAhead: number;
}

/**
 * What the enlargement of a picture would be, if it were queued now.
 * @throws CodedError for sizes out of range, IMAGE_TOO_LARGE, and models that cannot be used
 */
export async function estimateJob(
  { width, height, format, model }: Size & { format: ImageFormat; model: string | null | undefined },
  { catalog, jobs, limits }: Pick<Services, 'catalog' | 'jobs' | 'limits'>,
): Promise<JobEstimate> {
  const input = { width: within('width', width, SIDE, 1), height: within('height', height, SIDE, 1) };
  const { prepared } = catalog.resolve('SUPER_RESOLVE', model);
  const { scale } = outputFor('SUPER_RESOLVE', prepared);
  checkSize(input, scale, format, limits.superResolutionPixels);
  const estimate = await jobs.estimate({ input, model: prepared, format });
  return { outputWidth: input.width * scale, outputHeight: input.height * scale, ...estimate };
}
