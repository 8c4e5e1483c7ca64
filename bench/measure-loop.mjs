/**
 * Measures the event loop of the process that it is loaded into by `node --import`, and answers its parent:
 * 'reset' begins anew, 'report' tells the figures since then. The service itself knows nothing of it.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';

/**
 * Node's default. The histogram holds the time between two ticks of a timer of this interval, so that an idle
 * loop reads 10 ms and not 0: what is reported is this reading, nothing taken off. A shorter interval would
 * flatter: the same stall is then one among more idle ticks, and sinks below the 99th percentile.
 */
const RESOLUTION_MS = 10;
/** The first tick after a reset only starts the clock, and a delay is known at the tick after it. */
const SETTLED_MS = 2 * RESOLUTION_MS;
const NANOSECONDS = 1e6;

// Worker threads load what their process was told to import, too.
if (isMainThread && process.send) {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();

  const answers = {
    reset: async () => {
      histogram.reset();
      await delay(SETTLED_MS);
      return 'reset';
    },
    report: async () => {
      await delay(SETTLED_MS);
      return figures();
    },
  };

  const figures = () => ({
    resolutionMs: RESOLUTION_MS,
    samples: histogram.count,
    meanMs: histogram.mean / NANOSECONDS,
    p50Ms: histogram.percentile(50) / NANOSECONDS,
    p99Ms: histogram.percentile(99) / NANOSECONDS,
    maxMs: histogram.max / NANOSECONDS,
    rssBytes: process.memoryUsage().rss,
  });

  process.on('message', async (question) => {
    process.send(await answers[question]());
  });
  // A benchmark that was killed leaves no service behind.
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel.unref();
}
