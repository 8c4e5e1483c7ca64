/** A process with some of a fleet's workers, each with connections of its own, until its standard input ends. */
import { join } from 'node:path';
import { once } from 'node:events';
import { z } from 'zod';
import { Consumer } from '../src/jobs/worker/consumer.js';
import { DecodedImageCache } from '../src/jobs/worker/decoded-image-cache.js';
import { openQueueBackend } from '../src/queue/backend.js';
import { DiskStore } from '../src/storage/disk.js';
import { fleetModel } from './fleet-model.js';
import { timedRunner } from './timed-runner.js';

const options = z
  .object({ url: z.string(), folder: z.string(), workers: z.int(), tileMs: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const onError = (error: unknown) => console.error(error);

async function startWorker(model: Awaited<ReturnType<typeof fleetModel>>) {
  const runner = timedRunner(options.tileMs);
  const store = new DiskStore(join(options.folder, 'objects'));
  const backend = await openQueueBackend({ url: options.url, dataDir: options.folder, onError });
  const consumer = await Consumer.start(backend, {
    runner,
    store,
    images: new DecodedImageCache(runner, store),
    scratchDir: join(options.folder, 'scratch'),
    model: () => Promise.resolve(model),
    onFailed: (_jobId, error) => onError(error),
  });
  return async () => {
    await consumer.stop();
    await backend.close();
  };
}

async function main(): Promise<void> {
  const model = await fleetModel(join(options.folder, 'models'));
  const workers = await Promise.all(Array.from({ length: options.workers }, () => startWorker(model)));
  console.log('the workers are ready');
  process.stdin.resume();
  await once(process.stdin, 'end');
  await Promise.all(workers.map((stop) => stop()));
}

await main();
process.exit(0);
