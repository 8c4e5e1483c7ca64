import { use, useCallback, useEffect, useRef, useState } from 'react';
import { JobCountsDocument, JobsDocument } from '../../../client/operations.js';
import type { Sent } from '../request/sent.js';
import { answerOf } from '../service/action.js';
import type { Problem } from '../service/problem.js';
import { useAction } from '../service/use-action.js';
import { InFrontContext } from '../app-context.js';
import type { JobFilter } from './job-filter.js';
import { NO_PAGES, withNewest, withoutJob, withPage, type JobPages } from './job-pages.js';
import { usePolling } from './use-polling.js';

const PAGE = 20;

/** Which jobs were asked for: those from the first or from a place on, or, unbidden, what is new. */
type Asked = { readonly how: 'pages'; readonly after?: string } | { readonly how: 'news' };

export type JobCounts = Readonly<Record<'queued' | 'running' | 'completed' | 'failed' | 'canceled', number>>;

interface JobList {
  readonly pages: JobPages;
  /** Undefined until they are known. */
  readonly counts: JobCounts | undefined;
  readonly problem: Problem | undefined;
  /** Whether jobs come that somebody has asked for. */
  readonly isAsking: boolean;
  readonly sent: readonly (Sent | undefined)[];
  readonly askForMore: () => void;
  /** Asks for what is new, without a word. */
  readonly refresh: () => void;
  readonly tryAgain: () => void;
  /** Takes a job out of the list. */
  readonly forget: (id: string) => void;
}

/** The jobs that a filter leaves, the newest first; while their view is in front they are kept up to date. */
export function useJobList({ status, search }: JobFilter): JobList {
  const inFront = use(InFrontContext);
  const { action, sent, run } = useAction(JobsDocument);
  const counted = useAction(JobCountsDocument);
  const [pages, setPages] = useState(NO_PAGES);
  const [problem, setProblem] = useState<Problem>();
  const [asked, setAsked] = useState<Asked>({ how: 'pages' });
  const { run: count } = counted;
  const ask = useCallback(
    (what: Asked) => {
      setAsked(what);
      // Nobody has asked for news: what is seen stays until they are there.
      if (what.how === 'pages') setProblem(undefined);
      const after = what.how === 'pages' ? what.after : undefined;
      run({
        first: PAGE,
        ...(status !== undefined && { status }),
        ...(search !== '' && { search }),
        ...(after !== undefined && { after }),
      });
      if (after === undefined) count({});
    },
    [run, count, status, search],
  );
  // What somebody has asked for is not given up for news, which wait.
  const isAsking = action.state === 'running' && asked.how === 'pages';
  const asking = useRef({ isAsking, wantsNews: false });
  asking.current.isAsking = isAsking;
  const refresh = useCallback(() => {
    if (asking.current.isAsking) asking.current.wantsNews = true;
    else ask({ how: 'news' });
  }, [ask]);
  useEffect(() => {
    if (isAsking || !asking.current.wantsNews) return;
    asking.current.wantsNews = false;
    ask({ how: 'news' });
  }, [isAsking, ask]);
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
  usePolling(inFront && action.state !== 'running' && problem?.kind !== 'locked', refresh);
  return {
    pages,
    counts: answerOf(counted.action)?.jobCounts,
    problem,
    isAsking,
    sent: [sent, counted.sent],
    askForMore: () => {
      if (pages.next !== null) ask({ how: 'pages', after: pages.next });
    },
    refresh,
    tryAgain: () => ask(asked),
    forget: useCallback((id) => setPages((before) => withoutJob(before, id)), []),
  };
}
