import { z } from 'zod';

const what = z.enum(['task taken', 'task completed', 'task failed', 'task left', 'tile done']);

/** What a process of the service told about its work; `at` in milliseconds since 1970. */
export interface Told {
  readonly at: number;
  readonly what: z.infer<typeof what>;
  readonly jobId: string;
  /** Queue and id of the queue's own unit of work, of which a large job has many; absent for a tile. */
  readonly task?: string | undefined;
  /** `left_top_width_height` of a tile. */
  readonly tile?: string | undefined;
}

const line = z.object({
  time: z.iso.datetime().transform((time) => Date.parse(time)),
  msg: what,
  jobId: z.string(),
  task: z.string().optional(),
  tile: z.string().optional(),
});

/** Picks what is about work out of a process's standard error: lines of tell-jobs.mjs and of the service's log. */
export function readLog(text: string): Told[] {
  return text.split('\n').flatMap((entry) => {
    const parsed = line.safeParse(jsonOf(entry));
    if (!parsed.success) return [];
    const { time, msg, jobId, task, tile } = parsed.data;
    return [{ at: time, what: msg, jobId, task, tile }];
  });
}

/** A killed process may leave half a line. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
