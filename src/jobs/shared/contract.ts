/** What a super resolution job is on the queue: names, payloads and keys. Payloads carry keys, never pixels. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EXTENSIONS, IMAGE_FORMATS, type Region } from '../../imaging/picture.js';

export const SUPER_RESOLUTION = 'super-resolution';
/** The parts of large pictures; see chunks.ts. */
export const SUPER_RESOLUTION_TILES = 'super-resolution-tiles';

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
    /** Whether some of it is not opaque. */
    transparent: z.boolean().default(false),
  }),
  model: z.object({ id: z.string(), digest: z.string() }),
  /** The file name that the client gave. */
  name: z.string().optional(),
  /** How many times wider and higher the output is. */
  scale: z.int().positive(),
  format: imageFormat,
  /** The longest side of a tile, in input pixels: all who work on a job must cut it alike. */
  tileEdge: z.int().positive(),
  /** Estimated milliseconds on one thread. */
  work: z.number().min(0),
  /** Counts the times that the parts of a large picture were queued: each time they need ids of their own. */
  round: z.int().min(0).default(0),
  /** Milliseconds since 1970; set once somebody has canceled the job. */
  canceledAt: z.number().optional(),
});
export type JobPayload = z.infer<typeof payloadSchema>;

export const progressSchema = z.object({
  tilesDone: z.int(),
  tilesTotal: z.int(),
  /** The parts of a large picture that are still to do, by their index; what of them is done comes on top. */
  chunks: z.array(z.int()).optional(),
  /** When work on a large picture began, milliseconds since 1970: the queue only knows when it last did. */
  startedAt: z.number().optional(),
});
export type JobProgress = z.infer<typeof progressSchema>;

/** Some of a large picture's tiles, as a job of their own. What else is to be known of them says the picture's job. */
export const chunkSchema = z.object({
  job: z.string(),
  index: z.int(),
  /** How many of its tiles were finished when it was queued: its progress counts those that came since. */
  finished: z.int().min(0),
  /** Estimated milliseconds on one thread. */
  work: z.number().min(0),
});
export type ChunkPayload = z.infer<typeof chunkSchema>;

export const chunkProgressSchema = z.object({ tilesDone: z.int() });
export type ChunkProgress = z.infer<typeof chunkProgressSchema>;

export const resultSchema = z.object({
  key: z.string(),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
  format: imageFormat,
});
export type JobResult = z.infer<typeof resultSchema>;

/** Raise it whenever the same image, model and options come to be enlarged into something else. */
export const RENDERING = 2;

/** Whether the result has the input's transparency; otherwise it is flattened on white. */
export function keepsAlpha({ input, format }: Pick<JobPayload, 'input' | 'format'>): boolean {
  return input.transparent && format !== 'JPEG';
}

/** Where a job's input is stored; requests that share an idempotency key may come with different images. */
export function inputKey(
  jobId: string,
  { sha256, format }: Pick<JobPayload['input'], 'sha256' | 'format'>,
): string {
  return `jobs/${jobId}/input-${sha256.slice(0, 12)}.${format === 'jpeg' ? 'jpg' : format}`;
}

/**
 * The keys under which what is made of a job's input is stored. They tell what it is made of, and how: nothing
 * that is left over from another image, model or way of tiling is ever taken for this job's.
 */
export function keysOf(jobId: string, { input, model, tileEdge, format }: KeyParts) {
  const alpha = keepsAlpha({ input, format });
  const made = createHash('sha256')
    .update(JSON.stringify([RENDERING, input.sha256, model.digest, tileEdge, alpha]))
    .digest('hex')
    .slice(0, 12);
  const tiles = `jobs/${jobId}/tiles-${made}`;
  return {
    tiles,
    thumbnail: `jobs/${jobId}/thumbnail-${input.sha256.slice(0, 12)}.webp`,
    tile: (core: Region) => `${tiles}/${tileName(core)}.png`,
    output: `jobs/${jobId}/output-${made}.${EXTENSIONS[format]}`,
  };
}

type KeyParts = Pick<JobPayload, 'input' | 'model' | 'tileEdge' | 'format'>;

/** Everything that is stored for a job lies under this prefix. */
export function filesOf(jobId: string): string {
  return `jobs/${jobId}`;
}

/** A tile's name tells which part of the input it enlarges. */
export function tileName({ left, top, width, height }: Region): string {
  return `${left}_${top}_${width}_${height}`;
}

/** The part of the input that a tile's key tells of; null for another kind of key. */
export function coreOf(key: string): Region | null {
  const [, ...numbers] = /\/(\d+)_(\d+)_(\d+)_(\d+)\.png$/.exec(key) ?? [];
  const [left, top, width, height] = numbers.map(Number);
  if (left === undefined || top === undefined || !width || !height) return null;
  return { left, top, width, height };
}
