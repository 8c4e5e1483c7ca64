import { use, useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { JobsDocument } from '../../../client/operations.js';
import { Request } from '../request/request.js';
import type { Problem } from '../service/problem.js';
import { useAction } from '../service/use-action.js';
import { Interrupted } from '../super-resolution/interrupted.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { counted } from '../ui/words.js';
import { InFrontContext } from '../workbench.js';
import { NO_PAGES, withNewest, withPage } from './job-pages.js';
import { JobRow } from './job-row.js';
import './jobs.css';
import { useLookingAgain } from './use-looking-again.js';

const PAGE = 20;

/** Which jobs were asked for: those from the first or from a place on, or, unbidden, what is new. */
type Asked = { readonly how: 'pages'; readonly after?: string } | { readonly how: 'news' };

/** All super resolution jobs, the newest first. */
export function JobsView() {
  const inFront = use(InFrontContext);
  const { action, sent, run } = useAction(JobsDocument);
  const [pages, setPages] = useState(NO_PAGES);
  const [problem, setProblem] = useState<Problem>();
  const [asked, setAsked] = useState<Asked>({ how: 'pages' });
  const ask = useCallback(
    (what: Asked) => {
      setAsked(what);
      // Nobody has asked for news: what is seen stays until they are there.
      if (what.how === 'pages') setProblem(undefined);
      const after = what.how === 'pages' ? what.after : undefined;
      run({ first: PAGE, ...(after !== undefined && { after }) });
    },
    [run],
  );
  const askForNews = useCallback(() => ask({ how: 'news' }), [ask]);
  useEffect(() => {
    if (inFront) ask({ how: 'pages' });
  }, [inFront, ask]);
  useEffect(() => {
    if (action.state === 'failed') {
      setProblem(action.problem);
      // They may be another person's, who has taken the key along.
      if (action.problem.kind === 'locked') setPages(NO_PAGES);
    }
    if (action.state !== 'done') return;
    setProblem(undefined);
    setPages((before) =>
      asked.how === 'news' ? withNewest(before, action.data) : withPage(before, action.data, asked.after),
    );
  }, [action, asked]);
  useLookingAgain(inFront && action.state !== 'running' && problem?.kind !== 'locked', askForNews);
  const { jobs, next, totalCount } = pages;
  const isAsking = action.state === 'running' && asked.how === 'pages';
  return (
    <section className="narrow-view" aria-label="Jobs">
      <h2>Jobs</h2>
      <Interrupted />
      {isAsking && jobs.length === 0 && <Waiting words="Asking for the jobs" />}
      {!isAsking && !problem && totalCount === 0 && (
        <p className="quiet">None yet. Super resolution starts one.</p>
      )}
      {totalCount > 0 && <p className="quiet">{counted(totalCount, 'job')}, the newest first</p>}
      <ul className="jobs">
        {jobs.map((summary) => (
          <JobRow key={summary.id} summary={summary} />
        ))}
      </ul>
      {problem && <ProblemNote problem={problem} onRetry={() => ask(asked)} />}
      <div className="buttons">
        {next !== null && (
          <Button className="button" isDisabled={isAsking} onPress={() => ask({ how: 'pages', after: next })}>
            More
          </Button>
        )}
        <Button className="button" isDisabled={isAsking} onPress={() => ask({ how: 'pages' })}>
          Look again
        </Button>
      </div>
      <Request sent={[sent]} />
    </section>
  );
}
