/** When the stages of a thread's present request began and ended. A thread has one request at a time. */

export interface Stage {
  readonly name: string;
  /** Milliseconds of Unix time. */
  readonly start: number;
  readonly end: number;
  /** Of a network's run. */
  readonly model?: string;
}

let stages: Stage[] | undefined;

/** Unix time in milliseconds, with parts of them, and the same in all threads. */
export function unixTime(): number {
  return performance.timeOrigin + performance.now();
}

/** Takes note of a stage, where somebody wants to know. */
export async function staged<T>(
  name: string,
  work: () => Promise<T>,
  about: Pick<Stage, 'model'> = {},
): Promise<T> {
  if (!stages) return work();
  const timeline = stages;
  const start = unixTime();
  try {
    return await work();
  } finally {
    timeline.push({ name, start, end: unixTime(), ...about });
  }
}

/** Runs a request. @returns with it, the stages that it had; none unless they are wanted */
export async function withTimeline<T>(
  wanted: boolean,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly stages: readonly Stage[] }> {
  stages = wanted ? [] : undefined;
  const noted = stages ?? [];
  try {
    return { result: await work(), stages: noted };
  } finally {
    stages = undefined;
  }
}
