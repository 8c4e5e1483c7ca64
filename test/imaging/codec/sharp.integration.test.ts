import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import '../../../src/imaging/codec/sharp.js';

const BUILT = new URL('../../../dist/imaging/codec/sharp.js', import.meta.url).href;

/** What a thread sets as it loads the codec, and whether it reads an SVG afterwards. */
const THREAD = `(async () => {
  const { default: sharp } = await import('sharp');
  const set = [];
  for (const name of ['block', 'unblock', 'cache', 'concurrency']) {
    const real = sharp[name];
    sharp[name] = (...values) => { set.push(name); return real(...values); };
  }
  await import('${BUILT}');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>');
  const reads = await sharp(svg).metadata().then(() => true, () => false);
  require('node:worker_threads').parentPort.postMessage({ set, reads });
})();`;

test('a thread takes the settings of the process as they are, and sets none anew', async () => {
  const thread = new Worker(THREAD, { eval: true });
  const [told] = (await once(thread, 'message')) as unknown[];
  await thread.terminate();
  expect(told).toEqual({ set: [], reads: false });
});
