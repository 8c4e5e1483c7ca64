import { use, useEffect, useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { CancelJobDocument, DeleteJobDocument, RetryJobDocument } from '../../../client/operations.js';
import { useAction } from '../service/use-action.js';
import { useJob } from '../service/use-job.js';
import { JobProgress } from '../super-resolution/job-progress.js';
import { hasEnded, STATUS_WORDS } from '../../../client/job-words.js';
import { announce } from '../ui/announce.js';
import { ProblemNote } from '../ui/problem-note.js';
import { SureButton } from '../ui/sure-button.js';
import { InFrontContext, useApp } from '../app-context.js';
import { JobFacts } from './job-facts.js';
import type { JobSummary } from './job-pages.js';
import { Thumbnail } from './thumbnail.js';

interface JobRowProps {
  readonly summary: JobSummary;
  /** Told when its status has changed. */
  readonly onChange: () => void;
  readonly onDeleted: (id: string) => void;
}

/** One job of the list; followed while it is under way. */
export function JobRow({ summary, onChange, onDeleted }: JobRowProps) {
  const { id, name } = summary;
  const { openJob } = useApp();
  const inFront = use(InFrontContext);
  const cancel = useAction(CancelJobDocument);
  const retry = useAction(RetryJobDocument);
  const deletion = useAction(DeleteJobDocument);
  const [round, setRound] = useState(0);
  const isFollowed = inFront && (!hasEnded(summary.status) || round > 0);
  const { update } = useJob(isFollowed ? id : undefined, round);
  const isRetried = retry.action.state === 'done';
  useEffect(() => {
    if (isRetried) setRound((before) => before + 1);
  }, [isRetried]);
  const now = update ?? summary;
  const { status } = now;
  const changed = update !== undefined && update.status !== summary.status;
  useEffect(() => {
    if (changed) onChange();
  }, [changed, status, onChange]);
  const isDeleted = deletion.action.state === 'done';
  useEffect(() => {
    if (!isDeleted) return;
    announce('Deleted');
    onDeleted(id);
  }, [isDeleted, id, onDeleted]);

  const heading = useId();
  return (
    <li className="job" aria-labelledby={heading} data-job={id}>
      <Thumbnail url={summary.thumbnail?.url} />
      <div className="job-what">
        <p className="job-title" id={heading}>
          <span className="job-name">{name ?? 'Picture without a name'}</span>
          <span className={`job-status ${status.toLowerCase()}`}>{STATUS_WORDS[status]}</span>
        </p>
        <JobFacts job={summary} status={status} startedAt={now.startedAt} finishedAt={now.finishedAt} />
        {!hasEnded(status) && <JobProgress job={now} />}
        {now.error && <p className="job-error">{now.error.message}</p>}
      </div>
      <div className="job-actions buttons">
        <Button className="button small" onPress={() => openJob(id)}>
          Open
        </Button>
        {now.result && (
          <a className="button small" href={now.result.url} download>
            Download
          </a>
        )}
        {!hasEnded(status) && (
          <Button
            className="button small"
            isDisabled={cancel.action.state === 'running'}
            onPress={() => cancel.run({ id })}
          >
            Cancel
          </Button>
        )}
        {(status === 'FAILED' || status === 'CANCELED') && (
          <Button className="button small" onPress={() => retry.run({ id })}>
            Retry
          </Button>
        )}
        {hasEnded(status) && (
          <SureButton
            label="Delete"
            question={status === 'COMPLETED' ? 'Delete it and its result?' : 'Delete it?'}
            yes="Delete"
            no="Keep"
            onSure={() => deletion.run({ id })}
          />
        )}
      </div>
      {[cancel, retry, deletion].map(
        ({ action, again }, index) =>
          action.state === 'failed' && <ProblemNote key={index} problem={action.problem} onRetry={again} />,
      )}
    </li>
  );
}
