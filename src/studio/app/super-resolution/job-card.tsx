import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { CancelJobDocument, JobUpdatedDocument, RetryJobDocument } from '../../../client/operations.js';
import { Request } from '../request/request.js';
import type { Sent } from '../request/sent.js';
import type { FollowedJob } from '../service/job-follower.js';
import { useAction } from '../service/use-action.js';
import { announce } from '../ui/announce.js';
import { AnsweredBy } from '../ui/answered-by.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { dimensions } from '../ui/words.js';
import { JobProgress } from './job-progress.js';
import { hasEnded, STATUS_WORDS } from '../../../client/job-words.js';
import { bytesInWords } from '../../../size-words.js';

interface JobCardProps {
  readonly id: string;
  readonly followed: FollowedJob;
  readonly started: Sent | undefined;
  /** Whether the picture is there to compare the result with. */
  readonly isComparable: boolean;
  /** Follows the job anew. */
  readonly onFollow: () => void;
  /** Makes room for another one. */
  readonly onLeave: () => void;
}

/** A job in words, and what can be done with it. */
export function JobCard({
  id,
  followed: { update, problem },
  started,
  isComparable,
  onFollow,
  onLeave,
}: JobCardProps) {
  const cancel = useAction(CancelJobDocument);
  const retry = useAction(RetryJobDocument);
  const status = update?.status;
  useEffect(() => {
    if (status) announce(`Super resolution: ${STATUS_WORDS[status]}`);
  }, [status]);
  const isRetried = retry.action.state === 'done';
  useEffect(() => {
    if (isRetried) onFollow();
  }, [isRetried, onFollow]);

  return (
    <>
      {problem && <ProblemNote problem={problem} onRetry={onFollow} />}
      {problem && !update && (
        <p>
          <Button className="button" onPress={onLeave}>
            Start another one
          </Button>
        </p>
      )}
      {!update && !problem && <Waiting words="Asking for the job" />}
      {update && !hasEnded(update.status) && (
        <>
          <JobProgress job={update} />
          <p>
            <Button
              className="button"
              isDisabled={cancel.action.state === 'running'}
              onPress={() => cancel.run({ id })}
            >
              Cancel
            </Button>
          </p>
        </>
      )}
      {cancel.action.state === 'failed' && (
        <ProblemNote problem={cancel.action.problem} onRetry={cancel.again} />
      )}
      {update?.status === 'CANCELED' && <p>It was canceled. Retry goes on where it stopped.</p>}
      {update?.error && (
        <ProblemNote problem={{ kind: 'refused', code: update.error.code, message: update.error.message }} />
      )}
      {update?.result && (
        <>
          <p className="answer">{dimensions(update.result)}</p>
          <p>
            {bytesInWords(update.result.bytes)}.{isComparable && ' Move the line to compare.'}
          </p>
          <p>
            <a className="button primary" href={update.result.url} download>
              Download
            </a>
          </p>
        </>
      )}
      {retry.action.state === 'failed' && (
        <ProblemNote problem={retry.action.problem} onRetry={retry.again} />
      )}
      {update && hasEnded(update.status) && (
        <p className="buttons">
          {update.status !== 'COMPLETED' && (
            <Button className="button primary" onPress={() => retry.run({ id })}>
              Retry
            </Button>
          )}
          <Button className="button" onPress={onLeave}>
            Start another one
          </Button>
        </p>
      )}
      {update && <AnsweredBy model={update.model} />}
      <p className="answered-by">
        {update?.name != null && `${update.name}, `}
        {id}
      </p>
      <Request
        sent={[started, { document: JobUpdatedDocument, variables: { id } }, cancel.sent, retry.sent]}
      />
    </>
  );
}
