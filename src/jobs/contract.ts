/** What a super resolution job is on the queue: names, payloads and keys. Payloads carry keys, never pixels. */
import { z } from 'zod';
import { EXTENSIONS, IMAGE_FORMATS, type ImageFormat, type Region } from '../imaging/picture.js';

export const SUPER_RESOLUTION = 'super-resolution';

/** Published when a job is canceled, so that whichever process runs it lets go of it. */
export const CANCEL_EVENT = 'cancel';

const imageFormat = z.enum(IMAGE_FORMATS);

export const payloadSchema = z.object({
  owner: z.string(),
  input: z.object({
    key: z.string(),
    width: z.int().positive(),
    height: z.int().positive(),
    format: z.string(),
    bytes: z.int().positive(),
    sha256: z.string(),
  }),
  model: z.object({ id: z.string(), digest: z.string() }),
  /** How many times wider and higher the output is. */
  scale: z.int().positive(),
  format: imageFormat,
  /** Milliseconds since 1970; set once somebody has canceled the job. */
  canceledAt: z.number().optional(),
});
export type JobPayload = z.infer<typeof payloadSchema>;

export const progressSchema = z.object({ tilesDone: z.int(), tilesTotal: z.int() });
export type JobProgress = z.infer<typeof progressSchema>;

export const resultSchema = z.object({
  key: z.string(),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
  format: imageFormat,
});
export type JobResult = z.infer<typeof resultSchema>;

/** The keys under which a job's files are stored. */
export const keys = {
  input: (jobId: string, format: string) => `jobs/${jobId}/input.${format === 'jpeg' ? 'jpg' : format}`,
  tiles: (jobId: string) => `jobs/${jobId}/tiles`,
  /** A tile's name tells which part of the input it enlarges. */
  tile: (jobId: string, { left, top, width, height }: Region) =>
    `jobs/${jobId}/tiles/${left}_${top}_${width}_${height}.png`,
  /** The part of the input that a tile's key tells of; null for another kind of key. */
  coreOf: (key: string): Region | null => {
    const [, ...numbers] = /\/(\d+)_(\d+)_(\d+)_(\d+)\.png$/.exec(key) ?? [];
    const [left, top, width, height] = numbers.map(Number);
    if (left === undefined || top === undefined || !width || !height) return null;
    return { left, top, width, height };
  },
  output: (jobId: string, format: ImageFormat) => `jobs/${jobId}/output.${EXTENSIONS[format]}`,
};
