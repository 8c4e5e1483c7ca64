import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeLosslessly } from '../../../src/imaging/codec/encode.js';
import { readHeader } from '../../../src/imaging/codec/header.js';
import { tilesOf } from '../../../src/imaging/tiles.js';
import type { Runner } from '../../../src/inference/runner.js';
import { analyze } from '../../../src/tasks/analyze.js';
import { blankShared, pictureOf } from '../../../src/tasks/super-resolve/shared-picture.js';
import { LIMITS, read } from '../../imaging/codec/read.js';
import { flat, jpegOf, maxDifference, noise, pixelAt, pngOf, scene } from '../../kit/pictures.js';
import { prepareModel, type TestModel } from '../../kit/prepared.js';
import { classification, plan, road } from '../../tasks/plans.js';
import { ANY_WORK, BUILD_TIMEOUT, startThreads } from '../threads.js';

describe('an inference thread', () => {
  let runner: Runner;
  const models: TestModel[] = [];
  const model = (id: string): TestModel =>
    models.find(({ prepared }) => prepared.id === id) ?? expect.fail(id);
  beforeAll(async () => {
    runner = await startThreads();
    for (const id of ['builtin-classifier', 'builtin-road', 'builtin-superres-x4'] as const) {
      models.push(await prepareModel(id));
    }
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    await runner.stop();
    await Promise.all(models.map(({ release }) => release()));
  });

  it('analyzes an image as this thread would', async () => {
    const image = await jpegOf(scene({ width: 300, height: 200 }));
    const displayed = await readHeader(image, LIMITS);
    const wanted = plan({
      CLASSIFY: [classification(model('builtin-classifier').prepared)],
      SEGMENT_ROAD: [road(model('builtin-road').prepared, { masks: [{ key: 'mask', format: 'PNG' }] })],
    });
    const here = await analyze(image, displayed, wanted, ({ id }) => Promise.resolve(model(id).network));

    const { result } = await runner.run('analyze', { image, displayed, plan: wanted }, ANY_WORK);

    expect(result.sha256).toBe(here.sha256);
    expect(result.CLASSIFY.map(({ labels }) => labels)).toEqual(here.CLASSIFY.map(({ labels }) => labels));
    expect(result.SEGMENT_ROAD.map(({ areas }) => areas)).toEqual(
      here.SEGMENT_ROAD.map(({ areas }) => areas),
    );
    const [mask, expected] = [
      result.SEGMENT_ROAD[0]?.masks['mask']?.bytes,
      here.SEGMENT_ROAD[0]?.masks['mask']?.bytes,
    ];
    expect(Buffer.compare(mask ?? Buffer.alloc(0), expected ?? Buffer.alloc(1))).toBe(0);
  });

  it.each(['prove', 'warm'] as const)('runs a model to %s it', async (kind) => {
    const { result } = await runner.run(kind, { model: model('builtin-classifier').prepared }, ANY_WORK);

    expect(result).toBeNull();
  });

  it('inspects a whole file and answers with its digest', async () => {
    const image = await pngOf(scene({ width: 30, height: 20 }));

    const { result } = await runner.run('inspect', { image }, ANY_WORK);

    expect(result).toEqual({
      sha256: createHash('sha256').update(image).digest('hex'),
      transparent: false,
    });
  });

  it('opens a picture in memory that both threads see', async () => {
    const picture = noise({ width: 21, height: 13 }, 1);

    const { result } = await runner.run(
      'openShared',
      { image: await pngOf(picture), displayed: picture, keepAlpha: true },
      ANY_WORK,
    );

    expect([result.width, result.height]).toEqual([21, 13]);
    expect(maxDifference(pictureOf(result).pixels, picture.pixels)).toBe(0);
  });

  it('enlarges tiles into shared memory, and hands back those that are to be kept', async () => {
    const picture = scene({ width: 40, height: 24 });
    const { prepared } = model('builtin-superres-x4');
    const image = await pngOf(picture);
    const { result: source } = await runner.run(
      'openShared',
      { image, displayed: picture, keepAlpha: true },
      ANY_WORK,
    );
    const target = blankShared({ width: 160, height: 96, channels: 3 });
    const [first, second] = tilesOf(picture, 24, 12);
    if (!first || !second) expect.fail('too few tiles');
    const ask = { model: prepared, source, target };

    const { result: nothing } = await runner.run(
      'upscaleTile',
      { ...ask, tile: first, keep: false },
      ANY_WORK,
    );
    const { result: kept } = await runner.run('upscaleTile', { ...ask, tile: second, keep: true }, ANY_WORK);

    expect(nothing).toBeNull();
    expect(pixelAt(pictureOf(target), 5, 5)).not.toEqual([0, 0, 0]);
    const tile = await read(kept ?? Buffer.alloc(0));
    expect([tile.width, tile.height]).toEqual([80, 96]);
    expect(pixelAt(tile, 7, 9)).toEqual(pixelAt(pictureOf(target), 87, 9));
  });

  it('restores a kept tile', async () => {
    const target = blankShared({ width: 8, height: 8, channels: 3 });
    const core = { left: 1, top: 0, width: 1, height: 2 };
    const png = await encodeLosslessly(flat({ width: 4, height: 8 }, [9, 8, 7]));

    await runner.run('restoreTile', { png, core, factor: 4, target }, ANY_WORK);

    expect(pixelAt(pictureOf(target), 3, 7)).toEqual([0, 0, 0]);
    expect(pixelAt(pictureOf(target), 4, 0)).toEqual([9, 8, 7]);
  });

  it('encodes shared memory', async () => {
    const picture = blankShared({ width: 5, height: 6, channels: 3 });
    pictureOf(picture).pixels.fill(77);

    const { result } = await runner.run('encodeShared', { picture, format: 'PNG' }, ANY_WORK);

    expect(result).toMatchObject({ width: 5, height: 6, format: 'PNG' });
    expect(new Set((await read(result.bytes)).pixels)).toEqual(new Set([77]));
  });

  it('draws a preview', async () => {
    const displayed = { width: 10, height: 5 };
    const image = await pngOf(flat(displayed, [200, 30, 30]));

    const { result } = await runner.run('preview', { image, displayed, factor: 4, tiles: [] }, ANY_WORK);

    expect(result).toMatchObject({ width: 40, height: 20, format: 'JPEG' });
    expect(maxDifference(pixelAt(await read(result.bytes), 20, 10), [200, 30, 30])).toBeLessThan(8);
  });
});
