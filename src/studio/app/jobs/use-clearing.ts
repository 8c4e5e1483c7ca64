import { useCallback, useEffect, useRef, useState } from 'react';
import { DeleteJobDocument, JobsDocument, type JobStatus } from '../../../client/operations.js';
import { hasApiKey } from '../service/api-key.js';
import { problemOf, type Problem } from '../service/problem.js';
import { useService } from '../service/use-service.js';

const FINISHED = ['COMPLETED', 'FAILED', 'CANCELED'] as const satisfies readonly JobStatus[];
const PAGE = 50;

type Clearing =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly deleted: number }
  | { readonly state: 'failed'; readonly problem: Problem };

/** Deletes all finished jobs, one after the other: as many as there are, and no more than the service bears. */
export function useClearing(onEnd: () => void) {
  const { client } = useService();
  const [clearing, setClearing] = useState<Clearing>({ state: 'idle' });
  const stopper = useRef(new AbortController());
  const stop = useCallback(() => stopper.current.abort(), []);
  useEffect(() => stop, [stop]);

  const clear = useCallback(async () => {
    const { signal } = (stopper.current = new AbortController());
    let deleted = 0;
    setClearing({ state: 'running', deleted });
    try {
      for (const status of FINISHED) {
        for (;;) {
          const variables = { first: PAGE, status, thumbnails: false };
          const page = await client.query(JobsDocument, variables).toPromise();
          if (page.error) throw page.error;
          const ids = page.data?.jobs.edges.map(({ node }) => node.id) ?? [];
          for (const id of ids) {
            if (signal.aborted) return;
            const { error } = await client.mutation(DeleteJobDocument, { id }).toPromise();
            // Another window may do the same.
            const isGone = error?.graphQLErrors.some(
              ({ extensions }) => extensions['code'] === 'JOB_NOT_FOUND',
            );
            if (error && isGone !== true) throw error;
            deleted += 1;
            setClearing({ state: 'running', deleted });
          }
          if (ids.length === 0) break;
        }
      }
    } catch (error) {
      setClearing({
        state: 'failed',
        problem: problemOf(error as Parameters<typeof problemOf>[0], hasApiKey()),
      });
      return;
    } finally {
      setClearing((now) => (now.state === 'running' ? { state: 'idle' } : now));
      onEnd();
    }
  }, [client, onEnd]);
  return { clearing, clear: () => void clear(), stop };
}
