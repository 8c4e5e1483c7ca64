/** Real photographs through HTTP, held against what is known of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { completed, submit } from '../kit/service-jobs.js';
import { startService, type TestService } from '../kit/service.js';

const shared = inject('shared') ?? '';

describe.skipIf(shared === '')('the shared pictures', () => {
  let service: TestService;
  let client: GraphqlClient;
  let modelCache: string;

  beforeAll(async () => {
    // Its own, because it gets a model that other suites have to find missing.
    modelCache = await dataFolder();
    service = await startService({ env: { MODEL_MIRROR: join(shared, 'models'), MODEL_CACHE: modelCache } });
    client = new GraphqlClient(service.url);
  });
  afterAll(async () => {
    await service.stop();
    await removeFolder(modelCache);
  });

  async function photo(name: string) {
    return { bytes: await readFile(join(shared, 'images', name)), name, type: 'image/jpeg' };
  }

  it('show YOLOX-Nano two persons and a dog beyond doubt', async () => {
    const shape = z.object({
      detectObjects: z.object({
        model: z.object({ id: z.literal('yolox-nano') }),
        objects: z.array(z.object({ label: z.string(), score: z.number() })),
      }),
    });
    const query = `mutation ($image: ImageInput!) {
      detectObjects(image: $image, model: "yolox-nano", minScore: 0.7) { model { id } objects { label score } }
    }`;
    const answer = await client.upload(query, await photo('object_detection/family-and-dog.jpg'));
    const { objects } = dataOf(answer, shape).detectObjects;
    expect(objects.map(({ label }) => label).sort()).toEqual(['dog', 'person', 'person']);
    expect(Math.min(...objects.map(({ score }) => score))).toBeGreaterThan(0.7);
  });

  it('are answered by YOLOX-Nano, from its own score on, where a request names no detector', async () => {
    const model = z.object({ id: z.string(), isDefault: z.boolean(), minScore: z.number().nullable() });
    const found = z.object({ objects: z.array(z.object({ score: z.number().min(0.5) })).min(3), model });
    const query = `mutation ($image: ImageInput!) {
      detectObjects(image: $image) { objects { score } model { id isDefault minScore } }
    }`;
    const answer = await client.upload(query, await photo('object_detection/family-and-dog.jpg'));
    const { detectObjects } = dataOf(answer, z.object({ detectObjects: found }));
    expect(detectObjects.model).toEqual({ id: 'yolox-nano', isDefault: true, minScore: 0.5 });

    const analyzed = await client.upload(
      'mutation ($image: ImageInput!) { analyze(image: $image) { detection { model { id } } } }',
      await photo('object_detection/family-and-dog.jpg'),
    );
    expect(analyzed.data).toEqual({ analyze: { detection: { model: { id: 'yolox-nano' } } } });
  });

  it('have a road that takes up a fair part, and a mask that says the same', async () => {
    const file = await photo('road_segmentation/road_1.jpg');
    const area = z.object({ class: z.string(), fraction: z.number(), pixels: z.int() });
    const mask = z.object({ url: z.url(), width: z.int(), height: z.int() });
    const shape = z.object({ segmentRoad: z.object({ areas: z.array(area), mask }) });
    const query = `mutation ($image: ImageInput!) {
      segmentRoad(image: $image) { areas { class fraction pixels } mask { url width height } }
    }`;
    const { segmentRoad } = dataOf(await client.upload(query, file), shape);
    const { width, height } = await sharp(file.bytes).metadata();
    expect(segmentRoad.mask).toMatchObject({ width, height });
    const road = segmentRoad.areas.find((each) => each.class === 'ROAD');
    expect(road?.fraction).toBeGreaterThan(0.1);
    expect(road?.fraction).toBeLessThan(0.6);

    const downloaded = Buffer.from(await (await fetch(segmentRoad.mask.url)).arrayBuffer());
    const { data, info } = await sharp(downloaded)
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width, height, channels: 1 });
    const counted = [0, 0, 0, 0];
    for (const value of data) counted[value] = (counted[value] ?? 0) + 1;
    const classes = ['BACKGROUND', 'ROAD', 'CURB', 'MARK'];
    for (const { class: name, pixels } of segmentRoad.areas)
      expect(counted[classes.indexOf(name)]).toBe(pixels);
    expect(segmentRoad.areas.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(width * height);
  });

  it('are enlarged closer to what they were than bicubic interpolation does', async () => {
    const { bytes } = await photo('super_resolution/space.jpg');
    const metadata = await sharp(bytes).metadata();
    // A quarter of each side, by antialiased cubic interpolation; the sides made multiples of four before.
    const small = { width: Math.floor(metadata.width / 4), height: Math.floor(metadata.height / 4) };
    const size = { width: small.width * 4, height: small.height * 4 };
    const original = sharp(
      await sharp(bytes)
        .extract({ left: 0, top: 0, ...size })
        .png()
        .toBuffer(),
    );
    const shrunk = await original
      .clone()
      .resize(small.width, small.height, { kernel: 'cubic' })
      .png()
      .toBuffer();
    const bicubic = sharp(shrunk).resize(size.width, size.height, { kernel: 'cubic' });

    const { id } = await submit(client, { image: shrunk });
    const result = await completed(client, id);
    expect(result).toMatchObject(size);
    const superResolved = sharp(Buffer.from(await (await fetch(result.url)).arrayBuffer()));

    const ours = await psnr(superResolved, original, size);
    const theirs = await psnr(bicubic, original, size);
    console.log(`space.jpg: ${ours.toFixed(2)} dB, and ${theirs.toFixed(2)} dB by bicubic interpolation`);
    expect(ours).toBeGreaterThan(theirs + 0.3);
  });
});

const BORDER = 4;

/** Peak signal-to-noise ratio of the luma (BT.601), in dB, without a border of four pixels. */
async function psnr(
  one: Sharp,
  other: Sharp,
  { width, height }: { width: number; height: number },
): Promise<number> {
  const [a, b] = await Promise.all([luma(one), luma(other)]);
  let sum = 0;
  for (let y = BORDER; y < height - BORDER; y += 1) {
    for (let x = BORDER; x < width - BORDER; x += 1) {
      sum += ((a[y * width + x] ?? 0) - (b[y * width + x] ?? 0)) ** 2;
    }
  }
  const mean = sum / ((width - 2 * BORDER) * (height - 2 * BORDER));
  return 10 * Math.log10(255 ** 2 / mean);
}

async function luma(picture: Sharp): Promise<Float64Array> {
  const rgb = await picture.clone().removeAlpha().raw().toBuffer();
  return Float64Array.from(
    { length: rgb.length / 3 },
    (_, index) =>
      16 +
      (65.481 * (rgb[index * 3] ?? 0) +
        128.553 * (rgb[index * 3 + 1] ?? 0) +
        24.966 * (rgb[index * 3 + 2] ?? 0)) /
        255,
  );
}
