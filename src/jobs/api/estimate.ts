import type { Size } from '../../imaging/picture.js';
import { encodingWork, type Speeds } from '../shared/pace.js';
import type { JobPayload } from '../shared/contract.js';

/** Work that is left, in milliseconds on one thread. */
export interface WorkLeft {
  /** Tiles, which several threads do at once. */
  readonly tiles: number;
  /** What one thread does in the end. */
  readonly encoding: number;
}

/** What else is there for the same workers, in milliseconds on one thread. */
export interface OtherWork {
  /** Of jobs that wait ahead; 0 for a job that runs. */
  readonly ahead: number;
  /** Of each of the jobs that run. */
  readonly running: readonly number[];
}

/** @param tiles how many tiles of how many are done; none where that is not known yet */
export function workLeft(
  { work, input, scale, format }: Pick<JobPayload, 'work' | 'scale' | 'format'> & { readonly input: Size },
  { tilesDone, tilesTotal }: { readonly tilesDone: number; readonly tilesTotal: number },
  speeds: Speeds,
): WorkLeft {
  const left = tilesTotal > 0 ? 1 - tilesDone / tilesTotal : 1;
  const output = { width: input.width * scale, height: input.height * scale };
  return { tiles: work * left * speeds.tiles, encoding: encodingWork(output, format) * speeds.encoding };
}

/**
 * About how long a job will still be worked on, with what comes before it and beside it. Jobs that wait come one
 * after the other; those that run share the threads evenly, so that none takes more from another than it needs
 * itself.
 * @param slots how many threads can work on its tiles at once
 * @param threads of all workers together
 * @param waits whether the job is not begun: those that run may be done before it
 * @returns milliseconds
 */
export function timeLeft(
  own: WorkLeft,
  { ahead, running }: OtherWork,
  { slots, threads, waits }: { readonly slots: number; readonly threads: number; readonly waits: boolean },
): number {
  const mine = own.tiles + own.encoding;
  const beside = running.reduce((sum, theirs) => sum + (waits ? theirs : Math.min(theirs, mine)), 0);
  return (ahead + beside) / threads + own.tiles / Math.min(slots, threads) + own.encoding;
}
