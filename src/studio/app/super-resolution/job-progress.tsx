import { progressWords, type JobToDescribe } from '../../../client/job-words.js';
import { Progress } from '../ui/progress.js';

interface JobProgressProps {
  readonly job: JobToDescribe & { readonly progress: { readonly fraction: number } };
}

/** A bar, and in words the place in the queue, the tiles and the time left. */
export function JobProgress({ job }: JobProgressProps) {
  return <Progress label="Progress" share={job.progress.fraction} words={progressWords(job)} />;
}
