import { use, useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { JobsDocument } from '../../../client/operations.js';
import { Request } from '../request/request.js';
import { useAction } from '../service/use-action.js';
import { Interrupted } from '../super-resolution/interrupted.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { counted } from '../ui/words.js';
import { InFrontContext } from '../workbench.js';
import { NO_PAGES, withPage } from './job-pages.js';
import { JobRow } from './job-row.js';
import './jobs.css';

const PAGE = 20;

/** All super resolution jobs, the newest first. */
export function JobsView() {
  const inFront = use(InFrontContext);
  const { action, sent, run, again } = useAction(JobsDocument);
  const [pages, setPages] = useState(NO_PAGES);
  const after = useRef<string>(undefined);
  const ask = useCallback(
    (from?: string) => {
      after.current = from;
      run({ first: PAGE, ...(from !== undefined && { after: from }) });
    },
    [run],
  );
  useEffect(() => {
    if (inFront) ask();
  }, [inFront, ask]);
  useEffect(() => {
    if (action.state === 'done') setPages((before) => withPage(before, action.data, after.current));
  }, [action]);
  const { jobs, next, totalCount } = pages;
  const isAsking = action.state === 'running';
  return (
    <section className="narrow-view" aria-label="Jobs">
      <h2>Jobs</h2>
      <Interrupted />
      {isAsking && jobs.length === 0 && <Waiting words="Asking for the jobs" />}
      {action.state === 'done' && totalCount === 0 && (
        <p className="quiet">None yet. Super resolution starts one.</p>
      )}
      {totalCount > 0 && <p className="quiet">{counted(totalCount, 'job')}, the newest first</p>}
      <ul className="jobs">
        {jobs.map((summary) => (
          <JobRow key={summary.id} summary={summary} />
        ))}
      </ul>
      {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
      <div className="buttons">
        {next !== null && (
          <Button className="button" isDisabled={isAsking} onPress={() => ask(next)}>
            More
          </Button>
        )}
        <Button className="button" isDisabled={isAsking} onPress={() => ask()}>
          Look again
        </Button>
      </div>
      <Request sent={[sent]} />
    </section>
  );
}
