/**
 * Makes a process say which tasks of the queue it has in hand: lines of JSON on standard error, among those of the
 * service's log. Loaded into it by `node --import`; the service itself knows nothing of it, and nothing but a look
 * from inside can tell what a process held when it was killed.
 */
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

// Inference threads load what their process was told to import, too.
if (isMainThread) {
  const { Worker } = await import('bullmq');
  const { emit, processJob } = Worker.prototype;

  const tell = (msg, job) => {
    // A child of a flow names its job somewhere: in its own id, its parent's or its data.
    const [jobId] = /sr-[0-9a-f]{32}/.exec(JSON.stringify([job.id, job.parent, job.data])) ?? [];
    const task = `${job.queueName}:${job.id}`;
    process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), msg, jobId, task })}\n`);
  };

  Worker.prototype.processJob = async function (job, ...rest) {
    tell('task taken', job);
    try {
      return await processJob.call(this, job, ...rest);
    } finally {
      tell('task left', job);
    }
  };

  Worker.prototype.emit = function (event, job, ...rest) {
    if (event === 'completed') tell('task completed', job);
    // A job that the queue no longer knows fails as undefined.
    if (event === 'failed' && job) tell('task failed', job);
    return emit.call(this, event, job, ...rest);
  };
}
