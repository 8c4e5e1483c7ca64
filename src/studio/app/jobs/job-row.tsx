import { use, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { CancelJobDocument, RetryJobDocument } from '../../../client/operations.js';
import { useAction } from '../service/use-action.js';
import { useJob } from '../service/use-job.js';
import { JobProgress } from '../super-resolution/job-progress.js';
import { hasEnded, STATUS_WORDS } from '../super-resolution/job-words.js';
import { ProblemNote } from '../ui/problem-note.js';
import { dimensions } from '../ui/words.js';
import { InFrontContext, useWorkbench } from '../workbench.js';
import type { JobSummary } from './job-pages.js';

/** One job of the list; followed while it is under way. */
export function JobRow({ summary }: { readonly summary: JobSummary }) {
  const { id } = summary;
  const { openJob } = useWorkbench();
  const inFront = use(InFrontContext);
  const cancel = useAction(CancelJobDocument);
  const retry = useAction(RetryJobDocument);
  const [round, setRound] = useState(0);
  const isFollowed = inFront && (!hasEnded(summary.status) || round > 0);
  const { update } = useJob(isFollowed ? id : undefined, round);
  const isRetried = retry.action.state === 'done';
  useEffect(() => {
    if (isRetried) setRound((before) => before + 1);
  }, [isRetried]);

  const status = update?.status ?? summary.status;
  const error = update ? update.error : summary.error;
  return (
    <li className="job" aria-label={`Job ${id}`}>
      <div className="job-what">
        <span className={`job-status ${status.toLowerCase()}`}>{STATUS_WORDS[status]}</span>
        <time dateTime={summary.createdAt}>{new Date(summary.createdAt).toLocaleString()}</time>
      </div>
      <p className="job-facts">
        {dimensions({ width: summary.outputWidth, height: summary.outputHeight })}, {summary.model.id}
        <code className="tag">{id}</code>
      </p>
      {update && !hasEnded(status) && <JobProgress job={update} />}
      {error && <p className="job-error">{error.message}</p>}
      <div className="buttons">
        <Button className="button small" onPress={() => openJob(id)}>
          Open
        </Button>
        {!hasEnded(status) && (
          <Button className="button small" onPress={() => cancel.run({ id })}>
            Cancel
          </Button>
        )}
        {(status === 'FAILED' || status === 'CANCELED') && (
          <Button className="button small" onPress={() => retry.run({ id })}>
            Retry
          </Button>
        )}
      </div>
      {[cancel, retry].map(
        ({ action, again }, index) =>
          action.state === 'failed' && <ProblemNote key={index} problem={action.problem} onRetry={again} />,
      )}
    </li>
  );
}
