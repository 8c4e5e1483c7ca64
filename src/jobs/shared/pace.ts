import { pixelsOf, type ImageFormat, type Size } from '../../imaging/picture.js';
import type { Averages } from '../../queue/backend.js';
import type { JobPayload } from './contract.js';

/** Measurements are written down at most so often; a process's first of a kind at once. */
const WRITE_EVERY_MS = 1000;
/** Of one modest core, until something is measured. */
const ENCODE_MS_PER_MEGAPIXEL: Readonly<Record<ImageFormat, number>> = { PNG: 40, JPEG: 8, WEBP: 100 };
/** A thread's first tile sets memory aside: so much longer it took than those after it, in two recordings. */
const FIRST_TILE = 1.4;
const THREADS = 'threads';

/** How fast the workers are, as measured: real milliseconds on one thread for each estimated one. */
export interface Speeds {
  /** Of tiles of the job's model. */
  readonly tiles: number;
  /** Of encoding results in the job's format. */
  readonly encoding: number;
  /** How many threads a worker has. */
  readonly threads: number;
}

/** Estimated milliseconds to encode a result. */
export function encodingWork(output: Size, format: ImageFormat): number {
  return 1 + (ENCODE_MS_PER_MEGAPIXEL[format] * pixelsOf(output)) / 1e6;
}

/** Measures what a worker does, for all who tell how long jobs will take. */
export class PaceMeter {
  readonly #sums = new Map<string, { work: number; took: number }>();
  readonly #tiles = new Map<string, number>();
  readonly #writtenAt = new Map<string, number>();

  constructor(
    readonly averages: Pick<Averages, 'add'>,
    readonly threads: number,
  ) {}

  /**
   * @param work estimated milliseconds
   * @param took real milliseconds in a thread
   */
  tile(payload: Pick<JobPayload, 'model'>, work: number, took: number): void {
    const name = tilesOf(payload);
    const seen = this.#tiles.get(name) ?? 0;
    this.#tiles.set(name, seen + 1);
    this.#add(name, work, seen < this.threads ? took / FIRST_TILE : took);
  }

  /** @param divided whether the result was put together from the tiles of several workers first */
  encoding(payload: Pick<JobPayload, 'format'>, divided: boolean, work: number, took: number): void {
    this.#add(encodingOf(payload, divided), work, took);
  }

  #add(name: string, work: number, took: number): void {
    const sum = this.#sums.get(name) ?? { work: 0, took: 0 };
    sum.work += work;
    sum.took += took;
    this.#sums.set(name, sum);
    const now = performance.now();
    if (now - (this.#writtenAt.get(name) ?? Number.NEGATIVE_INFINITY) < WRITE_EVERY_MS) return;
    this.#writtenAt.set(name, now);
    this.#sums.delete(name);
    // Work goes on without: an estimate is all that suffers.
    Promise.all([
      this.averages.add(name, sum.took / sum.work),
      this.averages.add(THREADS, this.threads),
    ]).catch(() => undefined);
  }
}

/**
 * The speeds that a job will be done at, as far as they have been measured.
 * @param divided whether it is done by several workers
 */
export async function speedsOf(
  payload: Pick<JobPayload, 'model' | 'format'>,
  divided: boolean,
  averages: Pick<Averages, 'read'>,
): Promise<Speeds> {
  const names = { tiles: tilesOf(payload), encoding: encodingOf(payload, divided), threads: THREADS };
  const known = await averages.read(Object.values(names));
  const of = (name: string): number => known.get(name) ?? 1;
  return { tiles: of(names.tiles), encoding: of(names.encoding), threads: Math.max(1, of(names.threads)) };
}

function tilesOf({ model }: Pick<JobPayload, 'model'>): string {
  return `tiles ${model.digest}`;
}

function encodingOf({ format }: Pick<JobPayload, 'format'>, divided: boolean): string {
  return `${divided ? 'stitching' : 'encoding'} ${format}`;
}
