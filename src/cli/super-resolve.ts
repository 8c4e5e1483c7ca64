import type { ImageFormat } from '../client/operations.js';
import { completeJob } from './complete-job.js';
import { dimensions } from './numbers.js';
import type { VisionTask } from './vision-task.js';

export interface SuperResolveOptions {
  readonly model?: string;
  readonly format?: 'png' | 'jpeg' | 'webp';
}

const FORMATS = {
  png: { format: 'PNG', extension: 'png' },
  jpeg: { format: 'JPEG', extension: 'jpg' },
  webp: { format: 'WEBP', extension: 'webp' },
} as const satisfies Record<string, { format: ImageFormat; extension: string }>;

/** Four times as large, as a job. */
export function superResolve({ model, format: wanted = 'png' }: SuperResolveOptions): VisionTask {
  const { format, extension } = FORMATS[wanted];
  return {
    models: [{ task: 'SUPER_RESOLVE', model }],
    makesPictures: true,
    columns: [
      { name: 'from', align: 'right' },
      { name: 'to', align: 'right' },
      { name: 'tiles', align: 'right' },
      { name: 'job' },
      { name: 'model' },
    ],
    answer: async (image, asking) => {
      const { submitted, job, result } = await completeJob(
        { image, model, format, name: asking.name },
        asking,
      );
      const { url, ...made } = result;
      const { input } = submitted;
      const scale = Math.round(result.width / input.width);
      return {
        // The address outlives the command: where nothing is written, it is what remains.
        data: { ...job, input, model: submitted.model, result: asking.pictures ? made : result },
        rows: [
          [
            dimensions(input.width, input.height),
            dimensions(result.width, result.height),
            String(job.progress.tilesTotal),
            asking.pictures ? job.id : url,
            submitted.model.id,
          ],
        ],
        csv: [
          {
            ...{ width: input.width, height: input.height },
            ...{ outputWidth: result.width, outputHeight: result.height, tiles: job.progress.tilesTotal },
            ...{ job: job.id, ...(asking.pictures ? {} : { url }), model: submitted.model.id },
          },
        ],
        pictures: asking.pictures ? [{ suffix: `x${scale}.${extension}`, url }] : [],
      };
    },
  };
}
