import { Button } from 'react-aria-components';
import { KeyField } from '../auth/key-field.js';
import { canSucceedLater, retryWords, type Problem } from '../service/problem.js';
import './problem-note.css';
import { useOnReturn } from './use-on-return.js';

interface ProblemNoteProps {
  readonly problem: Problem;
  /** Asks once more; not offered where that cannot succeed. */
  readonly onRetry?: () => void;
  /** What helps instead. */
  readonly remedy?: { readonly words: string; readonly apply: () => void };
}

/** What went wrong, what to do, and the button that does it. */
export function ProblemNote({ problem, onRetry, remedy }: ProblemNoteProps) {
  useOnReturn(problem.kind === 'unreachable' ? onRetry : undefined);
  return (
    <div className="problem" role="alert">
      <p className="problem-words">
        {problem.message}
        {problem.retryAfterMs !== undefined && ` ${retryWords(problem.retryAfterMs)}`}
      </p>
      {problem.kind === 'locked' && <KeyField {...(onRetry && { onKept: onRetry })} />}
      <p className="problem-foot">
        {problem.code !== undefined && <code className="tag">{problem.code}</code>}
        {remedy && (
          <Button className="button small primary" onPress={remedy.apply}>
            {remedy.words}
          </Button>
        )}
        {onRetry !== undefined && canSucceedLater(problem) && (
          <Button className="button small" onPress={onRetry}>
            Try again
          </Button>
        )}
      </p>
    </div>
  );
}
