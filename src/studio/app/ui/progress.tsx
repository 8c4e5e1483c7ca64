import { ProgressBar } from 'react-aria-components';
import './progress.css';

interface ProgressProps {
  /** What it is the progress of. */
  readonly label: string;
  /** 0..1 */
  readonly share: number;
  /** How far it is, in words. */
  readonly words: string;
}

/** A bar, and below it how far it is in words. */
export function Progress({ label, share, words }: ProgressProps) {
  return (
    <ProgressBar className="progress" aria-label={label} value={share * 100} valueLabel={words}>
      <span className="progress-line">
        <span className="progress-done" style={{ scale: `${share} 1` }} />
      </span>
      <span className="progress-words">{words}</span>
    </ProgressBar>
  );
}
