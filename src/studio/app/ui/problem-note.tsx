import { Button } from 'react-aria-components';
import { KeyField } from '../access/key-field.js';
import { retryWords, type Problem } from '../service/problem.js';
import './problem-note.css';

interface ProblemNoteProps {
  readonly problem: Problem;
  readonly onRetry?: () => void;
}

/** What went wrong, what to do, and the button that does it. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  return (
    <div className="problem" role="alert">
      <p className="problem-words">
        {problem.message}
        {problem.retryAfterMs !== undefined && ` ${retryWords(problem.retryAfterMs)}`}
      </p>
      {problem.kind === 'locked' && <KeyField {...(onRetry && { onKept: onRetry })} />}
      <p className="problem-foot">
        {problem.code !== undefined && <code className="tag">{problem.code}</code>}
        {onRetry !== undefined && problem.kind !== 'locked' && (
          <Button className="button small" onPress={onRetry}>
            Try again
          </Button>
        )}
      </p>
    </div>
  );
}
