import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { ReadyModel } from '../src/registry/catalog.js';
import { outputFor } from '../src/registry/prepared-model.js';
import type { Harness } from './harness.js';
import type { LabelledSet } from './data.js';
import { enlarge } from './enlarge.js';
import { mean, median, Unmeasurable, type Measures } from './measures.js';
import { lumaOf, psnr } from './psnr.js';
import { shrunk, type Shrunk } from './shrunk.js';

/** How often each model enlarges a picture against the clock; the median counts. */
const TIMED_RUNS = 3;

/** What a model made of a picture. */
interface Trial {
  readonly psnr: Psnr;
  readonly milliseconds: number;
}

/** dB */
interface Psnr {
  /** Without a border of as many pixels as the scale, as is usual. */
  readonly inside: number;
  readonly whole: number;
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
  harness: Harness,
): Promise<Measures[]> {
  const scale = commonScale(models);
  for (const { prepared } of models) await harness.runner.warm(prepared);
  const pictures: { readonly bicubic: Psnr; readonly trials: readonly Trial[] }[] = [];
  for (const { image } of samples) {
    const picture = await shrunk(await readFile(image), scale);
    pictures.push({ bicubic: await bicubicPsnr(picture), trials: await takeTurns(picture, models, harness) });
  }

  const bicubic = meanPsnr(pictures.map((picture) => picture.bicubic));
  const summary = (index: number): Trial => {
    const trials = pictures.flatMap(({ trials }) => trials[index] ?? []);
    return {
      psnr: meanPsnr(trials.map((trial) => trial.psnr)),
      milliseconds: mean(trials.map(({ milliseconds }) => milliseconds)),
    };
  };
  const first = summary(0);
  return models.map(({ entry }, index) => {
    const { psnr: ours, milliseconds } = summary(index);
    const compared = {
      'PSNR dB - first': ours.inside - first.psnr.inside,
      'ms / first': milliseconds / first.milliseconds,
    };
    return {
      model: entry.id,
      pictures: pictures.length,
      'PSNR dB': ours.inside,
      'bicubic dB': bicubic.inside,
      'gain dB': ours.inside - bicubic.inside,
      'PSNR dB to the edge': ours.whole,
      'bicubic dB to the edge': bicubic.whole,
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
  const scales = models.map(({ prepared }) => outputFor('SUPER_RESOLVE', prepared).scale);
  const [scale = 1] = scales;
  if (scales.every((other) => other === scale)) return scale;
  const list = models.map(({ entry }, index) => `${entry.id} (x${scales[index] ?? ''})`).join(', ');
  throw new Unmeasurable(`Models of different scales cannot be held against each other: ${list}`);
}

/**
 * Has the models enlarge a picture by turns, so that whatever else the machine does slows all of them alike.
 * @returns a trial for each model; its first run is not timed
 */
async function takeTurns(picture: Shrunk, models: readonly ReadyModel[], harness: Harness): Promise<Trial[]> {
  const psnrs: Psnr[] = [];
  for (const model of models) {
    const { bytes } = await enlarge(picture.small, model, harness);
    psnrs.push(await psnrOf(bytes, picture));
  }
  const times: number[][] = models.map(() => []);
  for (let run = 0; run < TIMED_RUNS; run += 1) {
    for (const [index, model] of models.entries()) {
      times[index]?.push((await enlarge(picture.small, model, harness)).milliseconds);
    }
  }
  return psnrs.map((value, index) => ({ psnr: value, milliseconds: median(times[index] ?? []) }));
}

async function bicubicPsnr(picture: Shrunk): Promise<Psnr> {
  const { width, height } = picture.size;
  const upscaled = sharp(picture.small.png).resize(width, height, { kernel: 'cubic', fit: 'fill' });
  return psnrOf(await upscaled.png().toBuffer(), picture);
}

async function psnrOf(file: Uint8Array, { truth, size, scale }: Shrunk): Promise<Psnr> {
  const luma = await lumaOf(file);
  return { inside: psnr(luma, truth, size, scale), whole: psnr(luma, truth, size, 0) };
}

function meanPsnr(all: readonly Psnr[]): Psnr {
  return { inside: mean(all.map(({ inside }) => inside)), whole: mean(all.map(({ whole }) => whole)) };
}
