import type { JobStatus } from './operations.js';

/** What these words are about. */
export interface JobToDescribe {
  readonly status: JobStatus;
  readonly position: number | null;
  readonly estimatedSecondsLeft: number | null;
  readonly progress: { readonly tilesDone: number; readonly tilesTotal: number };
}

export const STATUS_WORDS: Readonly<Record<JobStatus, string>> = {
  QUEUED: 'Waiting',
  RUNNING: 'Running',
  COMPLETED: 'Done',
  FAILED: 'Failed',
  CANCELED: 'Canceled',
};

export function hasEnded(status: JobStatus): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELED';
}

/** How far a job is, in a sentence. */
export function progressWords({ status, position, estimatedSecondsLeft, progress }: JobToDescribe): string {
  switch (status) {
    case 'QUEUED':
      return placeInQueue(position ?? 0);
    case 'RUNNING': {
      if (progress.tilesTotal === 0) return 'Getting ready';
      const tiles = `${progress.tilesDone} of ${progress.tilesTotal} tiles`;
      // What was measured on other jobs is not told as if it were known of this one.
      return progress.tilesDone === 0 || estimatedSecondsLeft === null
        ? tiles
        : `${tiles}, ${timeLeft(estimatedSecondsLeft)}`;
    }
    case 'COMPLETED':
      return 'Done';
    case 'FAILED':
      return 'It failed';
    case 'CANCELED':
      return 'It was canceled';
  }
}

function placeInQueue(ahead: number): string {
  if (ahead === 0) return 'Next in the queue';
  return `Waiting for ${ahead} ${ahead === 1 ? 'job' : 'jobs'}`;
}

/** About how long it still takes. */
export function timeLeft(seconds: number): string {
  return `${aboutSeconds(seconds)} left`;
}

/** About how long, no finer than it is known. */
export function aboutSeconds(seconds: number): string {
  if (seconds < 1.5) return 'about a second';
  if (seconds < 90) return `about ${Math.round(seconds)} seconds`;
  return `about ${Math.round(seconds / 60)} minutes`;
}
