import { z } from 'zod';
import { decode as decodeTo, decodeSmall } from '../src/imaging/codec/decode.js';
import { readHeader } from '../src/imaging/codec/header.js';
import type { Size } from '../src/imaging/picture.js';
import { decodeSize, place, resampling, type Placement } from '../src/imaging/placement.js';
import { resample } from '../src/imaging/resample.js';
import { machine } from './machine.js';
import { picturesOfSize } from './pictures.js';
import type { Figure, Report } from './report.js';
import { timed } from './rounds.js';
import { count, readOptions, type Subcommand } from './subcommand.js';

const schema = z.object({ calls: count, quick: z.boolean() });

export const decode: Subcommand = {
  about: "from a JPEG file to networks' inputs, step by step, in one thread",
  options: {
    calls: { type: 'string', default: '200', about: 'calls of each step that count' },
    quick: { type: 'boolean', default: false, about: 'only see that it works' },
  },
  run: (values) => measure(readOptions(schema, values)),
};

const SIZES: readonly Size[] = [
  { width: 500, height: 375 },
  { width: 1000, height: 750 },
  { width: 4000, height: 3000 },
];
/** What the published networks take. */
const INPUTS: readonly (readonly [name: string, Parameters<typeof place>[0], Size])[] = [
  ['classify, 224x224', 'cover', { width: 224, height: 224 }],
  ['detect, 416x416', 'letterbox', { width: 416, height: 416 }],
  ['road, 896x512', 'stretch', { width: 896, height: 512 }],
];

async function measure({ calls, quick }: z.infer<typeof schema>): Promise<Report> {
  const figures: Figure[] = [];
  for (const size of quick ? SIZES.slice(0, 1) : SIZES) {
    const [file] = await picturesOfSize(size.width, size.height, 1);
    if (file) figures.push(...(await stepsOf(file, size, quick ? 3 : callsFor(calls, size))));
  }
  return {
    benchmark: "decode: from a JPEG file to networks' inputs",
    setting: {
      ...(await machine()),
      calls: `${calls} of each step, fewer of large pictures; wall clock, one thread`,
    },
    figures,
    targets: [],
  };
}

/** A large picture takes long, and needs no thousand calls to show how long. */
function callsFor(calls: number, { width, height }: Size): number {
  return Math.max(5, Math.round(calls / Math.max(1, (width * height) / 500_000)));
}

async function stepsOf(file: Uint8Array, size: Size, calls: number): Promise<Figure[]> {
  const name = (step: string) => `${size.width}x${size.height}: ${step}`;
  const figures = [
    await timed(name('header'), calls, () => readHeader(file, { maxPixels: 1e8 })),
    await timed(name('decode whole, by sharp'), calls, () => decodeTo(file, size)),
  ];
  const small = await decodeSmall(file);
  if (small) figures.push(await timed(name('decode whole, for networks'), calls, () => decodeSmall(file)));
  for (const [input, fit, frame] of INPUTS) {
    const placement = place(fit, size, frame);
    const picture = small ?? (await decodeTo(file, decodeSize(placement, size)));
    figures.push(
      await timed(name(`${input}, scaling alone`), calls, () => resample(picture, resampling(placement, 0))),
      await timed(name(`${input}, in all`), calls, () => inputOf(file, placement, size)),
    );
  }
  return figures;
}

/** As tasks/decoded-image.ts does it. */
async function inputOf(file: Uint8Array, placement: Placement, size: Size): Promise<unknown> {
  const picture = (await decodeSmall(file)) ?? (await decodeTo(file, decodeSize(placement, size)));
  return resample(picture, resampling(placement, 0));
}
