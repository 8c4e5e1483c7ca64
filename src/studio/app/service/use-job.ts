import { useEffect, useState } from 'react';
import type { FollowedJob } from './job-follower.js';
import { useService } from './use-service.js';

const UNKNOWN: FollowedJob = {};

/**
 * A job as it is, and as it changes.
 * @param id undefined follows none
 * @param round another number follows it anew: after its end, or after a failure
 */
export function useJob(id: string | undefined, round = 0): FollowedJob {
  const { jobs } = useService();
  const [followed, setFollowed] = useState<{ readonly id: string; readonly job: FollowedJob }>();
  useEffect(() => {
    if (id === undefined) return;
    return jobs.follow(id, (job) => setFollowed({ id, job }));
  }, [jobs, id, round]);
  return followed !== undefined && followed.id === id ? followed.job : UNKNOWN;
}
