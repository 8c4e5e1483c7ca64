/** A bare loop in a thread: what the service does with an image, without queue, messages or HTTP around it. */
import { performance } from 'node:perf_hooks';
import { URL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { dist, image, displayed, plan, milliseconds } = workerData;
const [{ analyze }, { loadSession }] = await Promise.all([
  import(new URL('tasks/analyze.js', dist).href),
  import(new URL('inference/session.js', dist).href),
]);
const sessions = new Map();
const load = (model) => {
  const session = sessions.get(model.file) ?? loadSession(model.file, { intraOpThreads: 1, spin: false });
  sessions.set(model.file, session);
  return session;
};

for (let warm = 0; warm < 5; warm += 1) await analyze(image, displayed, plan, load);
parentPort.postMessage('ready');
parentPort.once('message', async () => {
  const times = [];
  const end = performance.now() + milliseconds;
  while (performance.now() < end || times.length === 0) {
    const start = performance.now();
    const result = await analyze(image, displayed, plan, load);
    const [{ times: stages }] = Object.values(result).find(
      (results) => results.length > 0 && results[0].times,
    );
    times.push({ total: performance.now() - start, ...stages });
  }
  parentPort.postMessage(times);
  parentPort.close();
});
