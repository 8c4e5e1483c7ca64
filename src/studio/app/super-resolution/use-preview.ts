import { useEffect, useRef, useState } from 'react';
import { JobDocument } from '../../../client/operations.js';
import type { JobUpdate } from '../service/job-follower.js';
import { useService } from '../service/use-service.js';

const MS_BETWEEN = 2000;

/**
 * The address of a picture of what a running job has done so far; looked at again every two seconds, where more
 * is done by then.
 */
export function usePreview(job: JobUpdate | undefined): string | undefined {
  const { client } = useService();
  const [preview, setPreview] = useState<{ readonly id: string; readonly url: string }>();
  const tilesDone = useRef(0);
  useEffect(() => {
    tilesDone.current = job?.progress.tilesDone ?? 0;
  }, [job]);
  const id = job?.id;
  const hasBegun = job?.status === 'RUNNING' && job.progress.tilesDone > 0;
  useEffect(() => {
    if (id === undefined || !hasBegun) return;
    let shown = 0;
    let isWanted = true;
    const look = (): void => {
      if (tilesDone.current === shown) return;
      shown = tilesDone.current;
      void client
        .query(JobDocument, { id, preview: true })
        .toPromise()
        .then(({ data }) => {
          // A preview that cannot be had is no loss: the next one comes.
          const url = data?.job?.preview?.url;
          if (isWanted && url !== undefined) setPreview({ id, url });
        });
    };
    look();
    const timer = setInterval(look, MS_BETWEEN);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [client, id, hasBegun]);
  return preview !== undefined && preview.id === id ? preview.url : undefined;
}
