import { ProgressBar } from 'react-aria-components';
import './job-progress.css';
import { progressWords, type JobToDescribe } from '../../../client/job-words.js';

interface JobProgressProps {
  readonly job: JobToDescribe & { readonly progress: { readonly fraction: number } };
}

/** A bar, and in words the place in the queue, the tiles and the time left. */
export function JobProgress({ job }: JobProgressProps) {
  const words = progressWords(job);
  return (
    <ProgressBar
      className="progress"
      aria-label="Progress"
      value={job.progress.fraction * 100}
      valueLabel={words}
    >
      <span className="progress-line">
        <span className="progress-done" style={{ scale: `${job.progress.fraction} 1` }} />
      </span>
      <span className="progress-words">{words}</span>
    </ProgressBar>
  );
}
