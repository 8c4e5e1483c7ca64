import { Button } from 'react-aria-components';
import { ProblemNote } from '../ui/problem-note.js';
import { SureButton } from '../ui/sure-button.js';
import { counted } from '../ui/words.js';
import { useClearing } from './use-clearing.js';

interface ClearFinishedProps {
  /** How many there are. */
  readonly finished: number;
  readonly onEnd: () => void;
}

/** Deletes all finished jobs with their results, and can be stopped. */
export function ClearFinished({ finished, onEnd }: ClearFinishedProps) {
  const { clearing, clear, stop } = useClearing(onEnd);
  switch (clearing.state) {
    case 'running':
      return (
        <span className="buttons" role="status">
          <span className="sure-question">{counted(clearing.deleted, 'job')} deleted</span>
          <Button className="button small" onPress={stop}>
            Stop
          </Button>
        </span>
      );
    case 'failed':
      return <ProblemNote problem={clearing.problem} onRetry={clear} />;
    case 'idle':
      if (finished === 0) return null;
      return (
        <SureButton
          label="Clear finished"
          question={`Delete ${counted(finished, 'finished job')} and their results?`}
          yes="Delete all"
          no="Keep"
          onSure={clear}
        />
      );
  }
}
