import { useCallback, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { Request } from '../request/request.js';
import { Interrupted } from '../super-resolution/interrupted.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useLostFocus } from '../ui/use-lost-focus.js';
import { Waiting } from '../ui/waiting.js';
import { ClearFinished } from './clear-finished.js';
import { JobFilterBar, type JobFilter } from './job-filter.js';
import { JobRow } from './job-row.js';
import './jobs.css';
import { NoJobs } from './no-jobs.js';
import { useJobList } from './use-job-list.js';

/** All super resolution jobs, the newest first, as they are now. */
export function JobsView() {
  const [filter, setFilter] = useState<JobFilter>({ status: undefined, search: '' });
  const list = useJobList(filter);
  const { pages, counts, problem, isAsking, refresh, forget } = list;
  const { jobs, next } = pages;
  const heading = useRef<HTMLHeadingElement>(null);
  const [deletions, setDeletions] = useState(0);
  useLostFocus(heading, String(deletions));
  const deleted = useCallback(
    (id: string) => {
      forget(id);
      setDeletions((before) => before + 1);
      refresh();
    },
    [forget, refresh],
  );
  const hasAny = counts !== undefined && Object.values(counts).some((count) => count > 0);
  return (
    <section className="narrow-view" aria-label="Jobs">
      <div className="jobs-head">
        <h2 ref={heading} tabIndex={-1}>
          Jobs
        </h2>
        {counts && (
          <ClearFinished finished={counts.completed + counts.failed + counts.canceled} onEnd={refresh} />
        )}
      </div>
      <Interrupted />
      {(hasAny || filter.search !== '') && (
        <JobFilterBar filter={filter} counts={counts} onChange={setFilter} />
      )}
      {isAsking && jobs.length === 0 && <Waiting words="Asking for the jobs" />}
      {!isAsking && !problem && jobs.length === 0 && <NoJobs filter={filter} />}
      <ul className="jobs">
        {jobs.map((summary) => (
          <JobRow key={summary.id} summary={summary} onChange={refresh} onDeleted={deleted} />
        ))}
      </ul>
      {problem && <ProblemNote problem={problem} onRetry={list.tryAgain} />}
      {next !== null && (
        <Button className="button" isDisabled={isAsking} onPress={list.askForMore}>
          More
        </Button>
      )}
      <Request sent={list.sent} />
    </section>
  );
}
