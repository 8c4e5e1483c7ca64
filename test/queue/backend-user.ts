/**
 * A program that uses a queue backend, as `backend-user.ts <use> <where>`: `pass-through` works one job and
 * closes, after which nothing may keep it alive; `hold` leaves a job waiting and stays until it is killed.
 */
import { once } from 'node:events';
import { openQueueBackend, UnusableQueue } from '../../src/queue/backend.js';
import type { Use } from './process.js';

const [use, where] = process.argv.slice(2) as [Use, string];
const options = JSON.parse(where) as { url?: string; dataDir: string; template?: string };

try {
  const backend = await openQueueBackend({
    url: options.url,
    dataDir: options.dataDir,
    onError: console.error,
  });
  const queue = backend.queue<{ n: number }, number>('other-process');
  switch (use) {
    case 'hold':
      await queue.add('held', { n: 1 }, { jobId: 'held' });
      console.log('held');
      setInterval(() => undefined, 60_000);
      break;
    case 'pass-through': {
      const events = await backend.events('other-process');
      const completed = once(events, 'completed');
      backend.worker<{ n: number }, number>('other-process', (job) => Promise.resolve(job.data.n + 1));
      backend.eventsProducer('other-process');
      await queue.add('passed', { n: 1 });
      await completed;
      await backend.close();
      console.log('closed');
    }
  }
} catch (error) {
  console.log(error instanceof UnusableQueue ? error.message : error);
  process.exitCode = 3;
}
