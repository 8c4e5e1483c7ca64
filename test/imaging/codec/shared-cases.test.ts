/** Files of other programs that were once shown wrongly, called damaged, or cost far too much. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { meanDifference } from '../../kit/pictures.js';
import { LIMITS, read, refusal } from './read.js';
import { readHeader } from '../../../src/imaging/codec/header.js';

const shared = inject('shared');
const file = (name: string) => readFile(join(shared ?? '', 'cases/images', name));

describe.skipIf(shared === null)('of the shared cases', () => {
  it.each([
    ['nir4.tif', 0],
    ['5band.tif', 0],
    ['a.bmp', 0],
    ['anim.avif', 3],
  ])('%s shows the reference picture', async (name, max) => {
    const [shown, reference] = [await read(await file(name)), await read(await file('ref.png'))];

    expect(meanDifference(shown.pixels, reference.pixels)).toBeLessThanOrEqual(max);
  });

  it.each([
    ['ycbcr.tif', 'YCbCr'],
    ['i16grey.tif', 'signed whole numbers of 16 bits'],
    ['u32grey.tif', '32 bits a sample'],
    ['f32_01.tif', 'floating-point numbers'],
    ['f32_255.tif', 'floating-point numbers'],
    ['lab.tif', 'CIE Lab'],
    ['c_zstd.tif', 'Zstandard'],
    ['c_lerc.tif', 'LERC'],
    ['phone.heic', 'HEIC'],
    ['twelve-bit.jpg', '12 bits'],
  ])('%s is refused by name', async (name, words) => {
    const error = await refusal(readHeader(await file(name), LIMITS));

    expect(error.code).toBe('BAD_IMAGE');
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('damaged');
  });

  it.each(['png1x50M.png', 'png50Mx1.png', 'avif7000.avif'])('%s is refused by its header', async (name) => {
    const bytes = await file(name);
    const [start, before] = [performance.now(), process.memoryUsage().rss];

    const error = await refusal(readHeader(bytes, LIMITS));

    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(performance.now() - start).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 2 ** 20);
  });
});
