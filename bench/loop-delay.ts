import { z } from 'zod';

/** What measure-loop.mjs reports from inside a process: its main event loop's delay, and its memory. */
export const loopDelaySchema = z.strictObject({
  /** What an idle loop reads: it is part of all delays here. */
  resolutionMs: z.number(),
  samples: z.number(),
  meanMs: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  rssBytes: z.number(),
});

export type LoopDelay = z.infer<typeof loopDelaySchema>;

/** To be loaded by `node --import`. */
export const MEASURE_LOOP = new URL('./measure-loop.mjs', import.meta.url);
