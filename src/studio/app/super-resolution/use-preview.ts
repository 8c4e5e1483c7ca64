import { useEffect, useRef, useState } from 'react';
import { JobDocument } from '../../../client/operations.js';
import type { JobUpdate } from '../service/job-follower.js';
import { useService } from '../service/use-service.js';
import type { Tiles } from './tile-grid.js';

const MS_BETWEEN = 2000;

/** What a running job has done so far. */
export interface Preview {
  /** The address of a picture of it; undefined before the first tile. */
  readonly url: string | undefined;
  readonly tiles: Tiles | undefined;
}

const NOTHING: Preview = { url: undefined, tiles: undefined };

/** What a running job has done so far; looked at again every two seconds, where more is done by then. */
export function usePreview(job: JobUpdate | undefined): Preview {
  const { client } = useService();
  const [preview, setPreview] = useState<Preview & { readonly id: string }>();
  const tilesDone = useRef(0);
  useEffect(() => {
    tilesDone.current = job?.progress.tilesDone ?? 0;
  }, [job]);
  const id = job?.id;
  const isRunning = job?.status === 'RUNNING';
  // Looked at when the grid is known, and again as soon as there is something in it.
  const hasGrid = isRunning && job.progress.tilesTotal > 0;
  const hasTiles = isRunning && job.progress.tilesDone > 0;
  useEffect(() => {
    if (id === undefined || !hasGrid) return;
    let shown = -1;
    let isWanted = true;
    const look = (): void => {
      if (tilesDone.current === shown) return;
      shown = tilesDone.current;
      void client
        .query(JobDocument, { id, preview: true })
        .toPromise()
        .then(({ data }) => {
          // A preview that cannot be had is no loss: the next one comes.
          const { preview: picture, tiles } = data?.job ?? {};
          if (isWanted && data?.job) setPreview({ id, url: picture?.url, tiles: tiles ?? undefined });
        });
    };
    look();
    const timer = setInterval(look, MS_BETWEEN);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [client, id, hasGrid, hasTiles]);
  return preview !== undefined && preview.id === id ? preview : NOTHING;
}
