import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Runner } from '../../../src/inference/runner.js';
import type { Served } from '../../../src/inference/admission-queue.js';
import {
  blankShared,
  openShared,
  type SharedPicture,
} from '../../../src/tasks/super-resolve/shared-picture.js';
import { refusal } from '../../imaging/codec/read.js';
import { noise, pngOf } from '../../kit/pictures.js';
import { prepareModel, type TestModel } from '../../kit/prepared.js';
import { ANY_WORK, BUILD_TIMEOUT, startThreads } from '../threads.js';

const SMALL = { width: 8, height: 8 };

describe('inference threads', () => {
  let model: TestModel;
  const runners: Runner[] = [];
  const started = async (options: Parameters<typeof startThreads>[0] = {}): Promise<Runner> => {
    const runner = await startThreads(options);
    runners.push(runner);
    return runner;
  };
  beforeAll(async () => {
    model = await prepareModel('builtin-superres-x4');
    await (await startThreads()).stop();
  }, BUILD_TIMEOUT);
  afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.stop())));
  afterAll(() => model.release());

  /** Work that keeps a thread busy for a good while. */
  const enlarge = (
    runner: Runner,
    source: SharedPicture,
    signal?: AbortSignal,
    prepared = model.prepared,
  ): Promise<Served<Uint8Array | null>> => {
    const all = { left: 0, top: 0, width: source.width, height: source.height };
    const target = blankShared({ width: source.width * 4, height: source.height * 4, channels: 3 });
    const tile = { index: 0, core: all, padded: all };
    return runner.run(
      'upscaleTile',
      { model: prepared, source, tile, target, keep: false },
      { ...ANY_WORK, signal },
    );
  };

  it('leave the event loop free while they work', async () => {
    const runner = await started();
    let ticks = 0;
    let took = 0;
    // The picture grows until a run takes long enough to tell.
    for (let width = 300; took <= 200; width *= 2) {
      const source = blankShared({ width, height: 300, channels: 3 });
      ticks = 0;
      const ticking = setInterval(() => (ticks += 1), 10);
      const start = performance.now();
      await enlarge(runner, source);
      took = performance.now() - start;
      clearInterval(ticking);
    }

    expect(ticks).toBeGreaterThan(3);
  });

  it('work at the same time, each on its own request', async () => {
    const runner = await started({ threads: 2 });
    const long = enlarge(runner, blankShared({ width: 500, height: 500, channels: 3 }));
    const finished: string[] = [];
    const image = await pngOf(noise(SMALL, 1));

    await Promise.all([
      long.then(() => finished.push('long')),
      runner.run('inspect', { image }, ANY_WORK).then(() => finished.push('short')),
    ]);

    expect(finished).toEqual(['short', 'long']);
  });

  it('are all warmed', async () => {
    const runner = await started({ threads: 2 });
    const folder = await mkdtemp(join(tmpdir(), 'okulo-warm-'));
    const file = join(folder, 'model.onnx');
    await copyFile(model.prepared.file, file);

    await runner.warm({ ...model.prepared, file });
    await rm(folder, { recursive: true });

    // Only a thread that has the model loaded can run it now; two at a time, each thread has to.
    const source = blankShared({ width: 200, height: 200, channels: 3 });
    const answers = [1, 2].map(() => enlarge(runner, source, undefined, { ...model.prepared, file }));
    await expect(Promise.all(answers)).resolves.toHaveLength(2);
  });

  it("know nothing of the service's environment, where its secrets are", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'okulo-thread-'));
    const file = join(folder, 'thread.mjs');
    await writeFile(
      file,
      'export default () => ({ ok: true, answer: Object.keys(process.env), decodes: 0, stages: [] });',
    );
    vi.stubEnv('OKULO_TEST_SECRET', 'hidden');
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    });
    const runner = await started({ threadFile: pathToFileURL(file) });

    const { result } = await runner.run('inspect', { image: new Uint8Array(1) }, ANY_WORK);

    expect(result).toEqual([]);
  });

  it('take given bytes along instead of a copy', async () => {
    const runner = await started();
    const image = new Uint8Array(await pngOf(noise(SMALL, 2)));

    await runner.run('inspect', { image }, { ...ANY_WORK, give: [image] });

    expect(image.byteLength).toBe(0);
  });

  it('leave the bytes alone that are not given', async () => {
    const runner = await started();
    const image = new Uint8Array(await pngOf(noise(SMALL, 2)));
    const before = Uint8Array.from(image);

    await runner.run('inspect', { image }, ANY_WORK);

    expect(image).toEqual(before);
  });

  it('leave given bytes alone when the request is refused', async () => {
    const runner = await started({ maxWait: 0 });
    const long = enlarge(runner, blankShared({ width: 200, height: 200, channels: 3 }));
    const image = new Uint8Array(await pngOf(noise(SMALL, 2)));

    const error = await refusal(runner.run('inspect', { image }, { ...ANY_WORK, give: [image] }));

    expect(error.code).toBe('OVERLOADED');
    expect(image.byteLength).toBeGreaterThan(0);
    await long;
  });

  it('give results that are free to be moved on', async () => {
    const runner = await started();
    const picture = await openShared(await pngOf(noise(SMALL, 3)), SMALL, true);

    const { result } = await runner.run('encodeShared', { picture, format: 'PNG' }, ANY_WORK);

    const { bytes } = result;
    const copy = Uint8Array.from(bytes);
    const moved = structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] });
    expect(moved).toEqual(copy);
  });

  it('never see a request that was aborted while it waited', async () => {
    const runner = await started();
    const abort = new AbortController();
    const first = enlarge(runner, blankShared({ width: 200, height: 200, channels: 3 }));
    const waiting = enlarge(runner, blankShared({ width: 200, height: 200, channels: 3 }), abort.signal);

    abort.abort(new Error('the client is gone'));

    await expect(waiting).rejects.toThrow('the client is gone');
    await first;
    expect(runner.backlog).toBe(0);
  });

  it('finish what they run when they are stopped', async () => {
    const runner = await startThreads();
    const finished: string[] = [];
    await runner.warm(model.prepared);
    const work = enlarge(runner, blankShared({ width: 400, height: 300, channels: 3 })).then(() =>
      finished.push('work'),
    );
    // The request is on its way to the thread before the stop.
    await new Promise((resolve) => setImmediate(resolve));

    await Promise.all([work, runner.stop().then(() => finished.push('stop'))]);

    expect(finished).toEqual(['work', 'stop']);
  });
});
