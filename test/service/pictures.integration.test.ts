/** Kinds of pictures: whatever a camera or a program writes is taken, and told of as it is displayed. */
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { inBase64, pictureOf, pngFile } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

let service: TestService;
let client: GraphqlClient;

beforeAll(async () => {
  service = await startService();
  client = new GraphqlClient(service.url);
});
afterAll(() => service.stop());

const SIZE = { width: 160, height: 120 };
const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const detection = z.object({
  detectObjects: z.object({
    image: z.object({ width: z.number(), height: z.number(), format: z.string() }),
    objects: z.array(z.object({ score: z.number(), box })),
    annotated: z.object({ base64: z.base64() }),
  }),
});
const DETECT = `mutation ($image: ImageInput!) {
  detectObjects(image: $image, minScore: 0, maxObjects: 3) {
    image { width height format }
    objects { score box { x y width height } }
    annotated(format: PNG) { base64 }
  }
}`;

async function detect(image: Uint8Array): Promise<z.infer<typeof detection>['detectObjects']> {
  return dataOf(await client.upload(DETECT, pngFile(image)), detection).detectObjects;
}

describe('a picture with an EXIF orientation', () => {
  // What each orientation undoes: the file holds the picture turned and mirrored the other way.
  const stored = [
    { orientation: 2, store: (upright: Sharp) => upright.flop() },
    { orientation: 3, store: (upright: Sharp) => upright.rotate(180) },
    { orientation: 6, store: (upright: Sharp) => upright.rotate(270) },
    { orientation: 8, store: (upright: Sharp) => upright.rotate(90) },
  ];

  it.each(stored)('of $orientation has its boxes where one sees them', async ({ orientation, store }) => {
    const upright = await pictureOf(SIZE).png().toBuffer();
    const turned = await store(sharp(upright)).png().toBuffer();
    const tagged = await sharp(turned).withMetadata({ orientation }).png().toBuffer();

    const expected = await detect(upright);
    const found = await detect(tagged);
    expect(found.image).toEqual({ ...SIZE, format: 'png' });
    expect(found.objects).toHaveLength(expected.objects.length);
    for (const [index, object] of found.objects.entries()) {
      for (const side of ['x', 'y', 'width', 'height'] as const) {
        expect(object.box[side]).toBeCloseTo(expected.objects[index]?.box[side] ?? Number.NaN, 0);
      }
    }
    const difference = await meanDifference(found.annotated.base64, expected.annotated.base64);
    expect(difference).toBeLessThan(1);
  });
});

describe('a picture', () => {
  const kinds = [
    { kind: 'with transparent parts', make: () => pictureOf(SIZE).ensureAlpha(0.5).png() },
    { kind: 'in grey', make: () => pictureOf(SIZE).greyscale().png() },
    {
      kind: 'in grey with transparent parts',
      make: () => pictureOf(SIZE).greyscale().ensureAlpha(0.5).png(),
    },
    { kind: 'in CMYK', make: () => pictureOf(SIZE).toColourspace('cmyk').jpeg() },
    { kind: 'of 16 bits a channel', make: () => pictureOf(SIZE).toColourspace('rgb16').png() },
    { kind: 'with a palette', make: () => pictureOf(SIZE).png({ palette: true, colours: 16 }) },
    { kind: 'as progressive JPEG', make: () => pictureOf(SIZE).jpeg({ progressive: true }) },
    { kind: 'as WebP', make: () => pictureOf(SIZE).webp() },
    { kind: 'as AVIF', make: () => pictureOf(SIZE).avif({ effort: 0 }) },
    { kind: 'as TIFF', make: () => pictureOf(SIZE).tiff() },
    { kind: 'as GIF', make: () => pictureOf(SIZE).gif() },
  ];

  it.each(kinds)('$kind is taken', async ({ make }) => {
    const { image, objects } = await detect(await make().toBuffer());
    expect(image).toMatchObject(SIZE);
    expect(objects.length).toBeGreaterThan(0);
  });

  it('with transparent parts is seen on white', async () => {
    const clear = { ...SIZE, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } as const;
    const { annotated } = await detect(await sharp({ create: clear }).png().toBuffer());
    const { channels } = await sharp(Buffer.from(annotated.base64, 'base64')).stats();
    // What is drawn on it covers a little.
    for (const { mean } of channels) expect(mean).toBeGreaterThan(180);
  });

  it('that moves is seen as its first frame', async () => {
    const frames = [
      await pictureOf(SIZE).png().toBuffer(),
      await pictureOf({ ...SIZE, seed: 9 })
        .png()
        .toBuffer(),
    ];
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await detect(moving)).image).toEqual({ ...SIZE, format: 'gif' });
  });

  it.each([
    ['one pixel', 1, 1],
    ['one row', 500, 1],
    ['one column', 1, 500],
  ])('of %s is taken by every model', async (_what, width, height) => {
    const query = `mutation ($image: ImageInput!) {
      analyze(image: $image) {
        classification { labels { name } }
        road { areas { pixels } mask { width height } overlay { width height } }
        detection(minScore: 0) { objects { crop { width } classification { labels { name } } } annotated { width } }
      }
    }`;
    const image = await pictureOf({ width, height }).png().toBuffer();
    const { data, errors } = await client.post(query, { image: inBase64(image) });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      analyze: { road: { mask: { width, height }, overlay: { width, height } } },
    });
  });
});

/** Of all values of two pictures of one size, 0..255. */
async function meanDifference(a: string, b: string): Promise<number> {
  const [one, other] = await Promise.all(
    [a, b].map((base64) => sharp(Buffer.from(base64, 'base64')).removeAlpha().raw().toBuffer()),
  );
  if (one?.length !== other?.length || !one || !other) return Number.POSITIVE_INFINITY;
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}
