import { Presets, SingleBar } from 'cli-progress';
import type { JobUpdate } from '../client/follow-job.js';
import { hasEnded, progressWords } from '../client/job-words.js';
import { endOf } from './end-of-job.js';
import { faultOfJob, onJobs, type ServerOptions } from './on-jobs.js';
import { print, printableJson, printCells, say } from './terminal.js';

/** Shows a job until it ends. The exit code is 0 where it comes to a result. */
export function followToEnd(id: string, options: ServerOptions): Promise<void> {
  return onJobs(options, async ({ client, signal }) => {
    const show = options.json ? asJson() : process.stderr.isTTY ? asBar() : asLines();
    try {
      const last = await endOf(client, id, signal, show.next);
      show.end();
      if (!options.json) printCells([id, last.status, last.result?.url ?? last.error?.message ?? '']);
      return last.status === 'COMPLETED' ? 0 : 1;
    } catch (error) {
      show.end();
      signal.throwIfAborted();
      const { code, message } = faultOfJob(error);
      say(`${id}: ${code}: ${message}`);
      return 1;
    }
  });
}

interface Show {
  readonly next: (job: JobUpdate) => void;
  readonly end: () => void;
}

/** A line for each state. */
function asJson(): Show {
  return { next: (job) => print(printableJson(job).replaceAll(/\n\s*/g, ' ')), end: () => undefined };
}

/** A line where something is new that a person would want to know. */
function asLines(): Show {
  let told = '';
  return {
    next: (job) => {
      const quarter = Math.floor(job.progress.fraction * 4);
      const news = `${job.status} ${quarter} ${job.position ?? ''}`;
      if (news === told || hasEnded(job.status)) return;
      told = news;
      say(`${job.id}: ${progressWords(job)}`);
    },
    end: () => undefined,
  };
}

function asBar(): Show {
  const bar = new SingleBar(
    { format: '{bar} {percentage} %  {words}', hideCursor: true, clearOnComplete: true, gracefulExit: false },
    Presets.shades_classic,
  );
  bar.start(1, 0, { words: '' });
  return {
    next: (job) => bar.update(job.progress.fraction, { words: progressWords(job) }),
    end: () => bar.stop(),
  };
}
