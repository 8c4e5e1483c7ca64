import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { channelOf, colourOf, greyOf, withAlpha } from '../../src/imaging/channels.js';
import { decodeTransparent } from '../../src/imaging/codec/decode.js';
import type { ImageFormat, Picture, Size } from '../../src/imaging/picture.js';
import type { JobState } from '../../src/jobs/shared/job-state.js';
import { inspect } from '../../src/tasks/super-resolve/inspect.js';
import { asSharp, maxDifference, meanDifference, scene } from '../kit/pictures.js';
import { JobHarness } from './job-harness.js';

let place: JobHarness;
let seed = 500;

beforeAll(async () => {
  place = await JobHarness.open();
});
afterAll(() => place.close());
afterEach(() => place.reset());

/** One tile, several, and so many that they are divided among workers and stitched on disk. */
const SIZES = [
  ['one tile', { width: 14, height: 11 }],
  ['tiles of one worker', { width: 40, height: 30 }],
  ['a large picture', { width: 70, height: 50 }],
] as const;

function drawn(channels: 1 | 2 | 4, size: Size): Picture {
  const colours = scene(size);
  const alpha = Uint8Array.from({ length: size.width * size.height }, (_, at) => {
    const [x, y] = [at % size.width, Math.floor(at / size.width)];
    return Math.max(0, Math.min(255, Math.round(400 * Math.sin(x / 6) + 300 * Math.cos(y / 5))));
  });
  if (channels === 4) return withAlpha(colours, alpha);
  return channels === 1 ? greyOf(colours) : withAlpha(greyOf(colours), alpha);
}

async function submit(picture: Picture, format: ImageFormat, tileEdge?: 'in one tile'): Promise<JobState> {
  const { width, height, channels } = picture;
  const grey = channels <= 2 ? asSharp(picture).toColourspace('b-w') : asSharp(picture);
  const image = await grey.png().toBuffer();
  const input = { width, height, format: 'png', ...(await inspect(image)) };
  seed += 1;
  return tileEdge ? place.inOneTile(seed, { image, input }) : place.submit(seed, { image, input, format });
}

async function resultOf({ result }: JobState): Promise<Buffer> {
  return Buffer.from((await place.store.get(result?.key ?? '')) ?? expect.fail('there is no result'));
}

describe.each(SIZES)('%s', (_name, size) => {
  test.each<[1 | 2 | 4, ImageFormat, { channels: number; space?: string }]>([
    [1, 'PNG', { channels: 1, space: 'b-w' }],
    [1, 'JPEG', { channels: 1, space: 'b-w' }],
    [1, 'WEBP', { channels: 3 }],
    [2, 'PNG', { channels: 2, space: 'b-w' }],
    [2, 'JPEG', { channels: 1, space: 'b-w' }],
    [2, 'WEBP', { channels: 4 }],
    [4, 'PNG', { channels: 4 }],
    [4, 'JPEG', { channels: 3 }],
    [4, 'WEBP', { channels: 4 }],
  ])('of %i channels becomes a %s that shows the same', async (channels, format, expected) => {
    const picture = drawn(channels, size);
    const { id, payload } = await submit(picture, format);
    await place.work();

    const file = await resultOf(await place.reached(id, 'COMPLETED'));

    expect(await sharp(file).metadata()).toMatchObject({
      ...expected,
      format: format.toLowerCase(),
      width: size.width * 4,
      height: size.height * 4,
    });
    expect(payload.input.transparent).toBe(channels !== 1);
    const cubic = await asSharp(picture)
      .resize(size.width * 4, size.height * 4, { kernel: 'cubic' })
      .flatten({ background: '#ffffff' })
      .raw()
      .toBuffer();
    const shown = await sharp(file).flatten({ background: '#ffffff' }).raw().toBuffer();
    expect(meanDifference(shown, cubic)).toBeLessThan(6);
    if (channels <= 2) await expectGrey(file, format === 'WEBP' ? 1 : 0);
  });
});

/** @param most WebP keeps luma and chroma, and its decoders give some levels of grey one more in green */
async function expectGrey(file: Buffer, max: number): Promise<void> {
  const picture = await decodeTransparent(file);
  const [red, green, blue] = [0, 1, 2].map((channel) => channelOf(picture, channel).pixels);
  expect(maxDifference(red ?? [], green ?? [0])).toBeLessThanOrEqual(max);
  expect(maxDifference(red ?? [], blue ?? [0])).toBeLessThanOrEqual(max);
}

test.each([1, 2, 4] as const)(
  'a large picture of %i channels is, tile by tile, what one tile would be',
  async (channels) => {
    const picture = drawn(channels, { width: 70, height: 50 });
    const [tiled, whole] = [await submit(picture, 'PNG'), await submit(picture, 'PNG', 'in one tile')];
    await place.work();

    const [many, one] = await Promise.all(
      [tiled, whole].map(async ({ id }) =>
        decodeTransparent(await resultOf(await place.reached(id, 'COMPLETED'))),
      ),
    );

    expect(maxDifference(many?.pixels ?? [], one?.pixels ?? [0])).toBeLessThanOrEqual(1);
  },
);

test.each([1, 2, 4] as const)(
  'a job of %i channels goes on from tiles that an attempt has left',
  async (channels) => {
    const picture = drawn(channels, { width: 40, height: 30 });
    const { id } = await submit(picture, 'PNG');
    place.runner.before = (kind, count) =>
      kind === 'encodeShared' && count === 1 ? Promise.reject(new Error('No room')) : Promise.resolve();
    await place.work();

    const again = await decodeTransparent(await resultOf(await place.reached(id, 'COMPLETED')));

    expect(place.runner.count('restoreTile')).toBe(place.tiles.length);
    place.runner.reset();
    const { id: other } = await submit(picture, 'PNG', 'in one tile');
    const whole = await decodeTransparent(await resultOf(await place.reached(other, 'COMPLETED')));
    expect(maxDifference(again.pixels, whole.pixels)).toBeLessThanOrEqual(1);
  },
);

test('work is told twice as high where alpha is enlarged too', async () => {
  const picture = drawn(4, { width: 40, height: 30 });
  const opaque = withAlpha(colourOf(picture), new Uint8Array(1200).fill(255));

  const [png, jpeg, flat] = [
    await submit(picture, 'PNG'),
    await submit(picture, 'JPEG'),
    await submit(opaque, 'PNG'),
  ];

  expect(jpeg.payload.work).toBe(flat.payload.work);
  // One millisecond a tile comes on top, and both are rounded.
  expect(Math.abs(png.payload.work + 6 - 2 * flat.payload.work)).toBeLessThanOrEqual(2);
});
