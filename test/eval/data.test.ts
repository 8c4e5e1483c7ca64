import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSet } from '../../eval/data.js';
import { Unmeasurable } from '../../eval/measures.js';

describe('a labelled set', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'okulo-set-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Only the names count. */
  const holding = async (...names: string[]) => {
    for (const name of names) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), '');
    }
    return readSet(folder);
  };
  const sample = (image: string, truth: string) => ({
    image: join(folder, image),
    truth: join(folder, truth),
  });

  it('of photos named after their class is for classification', async () => {
    const { task, samples } = await holding('n02114548_white_wolf.JPEG', 'n01440764_tench.JPEG', 'LICENSE');
    expect(task).toBe('CLASSIFY');
    expect(samples.map(({ truth }) => truth)).toEqual(['n01440764_tench.JPEG', 'n02114548_white_wolf.JPEG']);
  });

  it('of images/ and labels/ is for road, frame by frame where both are there', async () => {
    const { task, samples } = await holding('images/a.png', 'images/b.png', 'labels/a.png', 'labels/c.png');
    expect(task).toBe('SEGMENT_ROAD');
    expect(samples).toEqual([sample('images/a.png', 'labels/a.png')]);
  });

  it('of photos with boxes is for detection, and leaves out those without', async () => {
    const { task, samples } = await holding('a.jpg', 'a.txt', 'b.jpg', 'b.xml', 'c.jpg');
    expect(task).toBe('DETECT_OBJECTS');
    expect(samples).toEqual([sample('a.jpg', 'a.txt'), sample('b.jpg', 'b.xml')]);
  });

  it('of bare pictures is for super resolution, each its own truth', async () => {
    const { task, samples } = await holding('b.png', 'a.webp', 'README.md');
    expect(task).toBe('SUPER_RESOLVE');
    expect(samples).toEqual([sample('a.webp', 'a.webp'), sample('b.png', 'b.png')]);
  });

  it('is refused where there is nothing', async () => {
    const reading = holding();
    await expect(reading).rejects.toBeInstanceOf(Unmeasurable);
    await expect(reading).rejects.toThrow(`There is nothing in ${folder} that can be measured`);
  });

  it('is refused where images and labels do not belong together', async () => {
    await expect(holding('images/a.png', 'labels/b.png')).rejects.toThrow(/with the same names/);
  });

  it('is refused where there is no such folder', async () => {
    const absent = join(folder, 'absent');
    await expect(readSet(absent)).rejects.toThrow(`The folder ${absent} cannot be read`);
  });
});
