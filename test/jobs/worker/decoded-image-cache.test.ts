import { describe, expect, test } from 'vitest';
import type { Served } from '../../../src/inference/admission-queue.js';
import type { ThreadResponse, ThreadRequest, Kind } from '../../../src/inference/protocol.js';
import { DecodedImageCache } from '../../../src/jobs/worker/decoded-image-cache.js';
import { blankShared } from '../../../src/tasks/super-resolve/shared-picture.js';
import { payload } from '../states.js';

/** Stored inputs, and a runner that opens each as a blank picture. */
class Opening {
  readonly stored = new Map<string, Buffer>();
  /** Whether each was opened with its alpha, in order. */
  readonly opened: boolean[] = [];
  readonly images = new DecodedImageCache(this, { get: (key) => Promise.resolve(this.stored.get(key)) });

  run<K extends Kind>(_kind: K, ask: ThreadRequest<K>): Promise<Served<ThreadResponse<K>>> {
    const { displayed, keepAlpha } = ask as ThreadRequest<'openShared'>;
    this.opened.push(keepAlpha);
    const result = blankShared({ ...displayed, channels: keepAlpha ? 4 : 3 });
    return Promise.resolve({ result: result as ThreadResponse<K>, waited: 0, took: 1 });
  }
}

describe('the input of a job', () => {
  const job = payload();
  const { input } = job;

  test('is opened once for all who work on it at once or later', async () => {
    const opening = new Opening();
    opening.stored.set(input.key, Buffer.from('a picture'));
    const [first, second] = await Promise.all([opening.images.open(job), opening.images.open(job)]);
    expect(second).toBe(first);
    expect(await opening.images.open(job)).toBe(first);
    expect(opening.opened).toEqual([false]);
  });

  test('is opened with and without its alpha for jobs that want the one and the other', async () => {
    const opening = new Opening();
    opening.stored.set(input.key, Buffer.from('a picture'));
    const transparent = { input: { ...input, transparent: true } };
    expect(await opening.images.open({ ...transparent, format: 'PNG' })).toMatchObject({ channels: 4 });
    expect(await opening.images.open({ ...transparent, format: 'JPEG' })).toMatchObject({ channels: 3 });
    expect(opening.opened).toEqual([true, false]);
  });

  test('that could not be opened is opened by the next attempt', async () => {
    const opening = new Opening();
    await expect(opening.images.open(job)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    opening.stored.set(input.key, Buffer.from('a picture'));
    const { width, height } = input;
    expect(await opening.images.open(job)).toMatchObject({ width, height });
  });
});
