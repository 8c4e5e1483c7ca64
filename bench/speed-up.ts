/** How long a number of workers took for the same work. */
export interface Timing {
  readonly workers: number;
  readonly seconds: number;
}

export interface SpeedUp extends Timing {
  /** Times as fast as the fewest workers, whose own speed-up counts as perfect. */
  readonly speedUp: number;
  /** Speed-up for each worker: 1 where n workers are n times as fast as one. */
  readonly efficiency: number;
  /** Speed-up by the largest that the machine's cores allow. */
  readonly ofPossible: number;
}

/** @param cores that the workers share */
export function speedUps(timings: readonly Timing[], cores: number): SpeedUp[] {
  const [fewest] = timings.toSorted((a, b) => a.workers - b.workers);
  if (!fewest) return [];
  return timings.map(({ workers, seconds }) => {
    const speedUp = (fewest.seconds / seconds) * fewest.workers;
    const possible = Math.max(fewest.workers, Math.min(workers, cores));
    return { workers, seconds, speedUp, efficiency: speedUp / workers, ofPossible: speedUp / possible };
  });
}

/** How many tiles of at most `edge` pixels a side a picture is cut into. */
export function tilesIn(picture: { readonly width: number; readonly height: number }, edge: number): number {
  return Math.ceil(picture.width / edge) * Math.ceil(picture.height / edge);
}
