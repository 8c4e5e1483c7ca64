import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { ReadyModel } from '../src/registry/catalog.js';
import { outputOf } from '../src/registry/prepared-model.js';
import type { Bed } from './bed.js';
import type { LabelledSet } from './data.js';
import { enlarge } from './enlarge.js';
import { mean, median, Unmeasurable, type Measures } from './measures.js';
import { lumaOf, psnr } from './psnr.js';
import { shrunk, type Shrunk } from './shrunk.js';

/** How often each model enlarges a picture against the clock; the median counts. */
const TIMED_RUNS = 3;

/** What a model made of a picture. */
interface Trial {
  /** dB */
  readonly psnr: number;
  readonly milliseconds: number;
}

/**
 * PSNR on luma of pictures that were shrunk by bicubic interpolation and are enlarged again, by models and by
 * bicubic interpolation, and the time a job takes for it.
 * @returns what was measured of each model; those after the first are held against it
 * @throws Unmeasurable for models of different scales
 */
export async function measureSuperResolution(
  { samples }: LabelledSet,
  models: readonly ReadyModel[],
  bed: Bed,
): Promise<Measures[]> {
  const scale = commonScale(models);
  for (const { prepared } of models) await bed.runner.warm(prepared);
  const pictures: { readonly bicubic: number; readonly trials: readonly Trial[] }[] = [];
  for (const { image } of samples) {
    const picture = await shrunk(await readFile(image), scale);
    pictures.push({ bicubic: await bicubicPsnr(picture), trials: await takeTurns(picture, models, bed) });
  }

  const bicubic = mean(pictures.map((picture) => picture.bicubic));
  const summary = (index: number): Trial => {
    const trials = pictures.flatMap(({ trials }) => trials[index] ?? []);
    return {
      psnr: mean(trials.map((trial) => trial.psnr)),
      milliseconds: mean(trials.map(({ milliseconds }) => milliseconds)),
    };
  };
  const first = summary(0);
  return models.map(({ entry }, index) => {
    const { psnr: ours, milliseconds } = summary(index);
    const compared = {
      'PSNR dB - first': ours - first.psnr,
      'ms / first': milliseconds / first.milliseconds,
    };
    return {
      model: entry.id,
      pictures: pictures.length,
      'PSNR dB': ours,
      'bicubic dB': bicubic,
      'gain dB': ours - bicubic,
      'ms a picture': milliseconds,
      ...(index > 0 && compared),
    };
  });
}

/**
 * How many times larger all of the models make a picture.
 * @throws Unmeasurable where that is not the same number
 */
export function commonScale(models: readonly Pick<ReadyModel, 'entry' | 'prepared'>[]): number {
  const scales = models.map(({ prepared }) => outputOf(prepared, 'super-resolution').scale);
  const [scale = 1] = scales;
  if (scales.every((other) => other === scale)) return scale;
  const list = models.map(({ entry }, index) => `${entry.id} (x${scales[index] ?? ''})`).join(', ');
  throw new Unmeasurable(`Models of different scales can not be held against each other: ${list}`);
}

/**
 * Has the models enlarge a picture by turns, so that whatever else the machine does slows all of them alike.
 * @returns a trial for each model; its first run is not timed
 */
async function takeTurns(picture: Shrunk, models: readonly ReadyModel[], bed: Bed): Promise<Trial[]> {
  const psnrs: number[] = [];
  for (const model of models) {
    const { bytes } = await enlarge(picture.small, model, bed);
    psnrs.push(await psnrOf(bytes, picture));
  }
  const times: number[][] = models.map(() => []);
  for (let run = 0; run < TIMED_RUNS; run += 1) {
    for (const [index, model] of models.entries()) {
      times[index]?.push((await enlarge(picture.small, model, bed)).milliseconds);
    }
  }
  return psnrs.map((value, index) => ({ psnr: value, milliseconds: median(times[index] ?? []) }));
}

async function bicubicPsnr(picture: Shrunk): Promise<number> {
  const { width, height } = picture.size;
  const enlarged = sharp(picture.small.png).resize(width, height, { kernel: 'cubic', fit: 'fill' });
  return psnrOf(await enlarged.png().toBuffer(), picture);
}

/** Without a border of as many pixels as the scale, as is usual. */
async function psnrOf(file: Uint8Array, { truth, size, scale }: Shrunk): Promise<number> {
  return psnr(await lumaOf(file), truth, size, scale);
}
