/** Masks, overlays, crops and annotated pictures: each is made when a query selects it, as it selects it. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { storedKeys } from '../kit/service-folders.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

let service: TestService;
let client: GraphqlClient;
let image: { base64: string };

beforeAll(async () => {
  service = await startService();
  client = new GraphqlClient(service.url);
  image = inBase64(await picture());
});
afterAll(() => service.stop());

/** Runs an operation and tells what it left in the store. */
async function madeBy<T>(
  shape: z.ZodType<T>,
  query: string,
  variables = {},
): Promise<{ data: T; made: string[] }> {
  const before = new Set(await storedKeys(service.dataDir));
  const data = dataOf(await client.post(query, { image, ...variables }), shape);
  const after = await storedKeys(service.dataDir);
  return { data, made: after.filter((key) => !before.has(key)).map((key) => key.replace(/.*\./, '')) };
}

const anything = z.unknown();

describe('what is stored', () => {
  it('is nothing where no picture is selected', async () => {
    const { made } = await madeBy(
      anything,
      `mutation ($image: ImageInput!) {
        segmentRoad(image: $image) { areas { pixels } }
        detectObjects(image: $image, minScore: 0) { objects { label } }
      }`,
    );
    expect(made).toEqual([]);
  });

  it('is nothing where a picture comes with the answer', async () => {
    const query =
      'mutation ($image: ImageInput!) { segmentRoad(image: $image) { mask { base64 bytes width } } }';
    expect((await madeBy(anything, query)).made).toEqual([]);
  });

  it('is one file for a mask of which everything is selected', async () => {
    const query = `mutation ($image: ImageInput!) {
      segmentRoad(image: $image) { mask { url expiresAt mediaType width height bytes base64 } }
    }`;
    expect((await madeBy(anything, query)).made).toEqual(['png']);
  });

  it('is one file for each object whose crop is selected', async () => {
    const shape = z.object({ detectObjects: z.object({ objects: z.array(z.unknown()).min(1) }) });
    const query = `mutation ($image: ImageInput!) {
      detectObjects(image: $image, minScore: 0, maxObjects: 4) { objects { crop(format: WEBP) { url } } }
    }`;
    const { data, made } = await madeBy(shape, query);
    expect(made).toEqual(data.detectObjects.objects.map(() => 'webp'));
  });

  it.each([
    [true, ['png']],
    [false, []],
  ])('follows @include(if: %s)', async (wanted, expected) => {
    const query = `mutation ($image: ImageInput!, $wanted: Boolean!) {
      segmentRoad(image: $image) { areas { pixels } mask @include(if: $wanted) { url } }
    }`;
    expect((await madeBy(anything, query, { wanted })).made).toEqual(expected);
  });

  it.each([
    [true, []],
    [false, ['jpg']],
  ])('follows @skip(if: %s) on a fragment', async (unwanted, expected) => {
    const query = `mutation ($image: ImageInput!, $unwanted: Boolean!) {
      segmentRoad(image: $image) { areas { pixels } ...Painted @skip(if: $unwanted) }
    }
    fragment Painted on RoadSegmentation { overlay { url } }`;
    expect((await madeBy(anything, query, { unwanted })).made).toEqual(expected);
  });

  it('is each of several forms of one picture, selected by aliases and fragments', async () => {
    const query = `mutation ($image: ImageInput!) {
      segmentRoad(image: $image) { png: mask { url } ...Others ... on RoadSegmentation { light: overlay { url } } }
    }
    fragment Others on RoadSegmentation { webp: mask(format: WEBP) { url } }`;
    expect((await madeBy(anything, query)).made.sort()).toEqual(['jpg', 'png', 'webp']);
  });
});

const encoded = z.object({ base64: z.base64(), mediaType: z.string(), bytes: z.number() });

describe('aliases of one field', () => {
  it('paint overlays of different opacities', async () => {
    const shape = z.object({ segmentRoad: z.object({ none: encoded, half: encoded, full: encoded }) });
    const query = `mutation ($image: ImageInput!) {
      segmentRoad(image: $image) {
        none: overlay(format: PNG, opacity: 0) { ...E }
        half: overlay(format: PNG, opacity: 0.5) { ...E }
        full: overlay(format: PNG, opacity: 1) { ...E }
      }
    }
    fragment E on StoredImage { base64 mediaType bytes }`;
    const { none, half, full } = dataOf(await client.post(query, { image }), shape).segmentRoad;
    const [a, b, c] = await Promise.all([none, half, full].map(({ base64 }) => pixelsOf(base64)));
    const original = await sharp(Buffer.from(image.base64, 'base64')).raw().toBuffer();
    expect(distance(a, original)).toBe(0);
    expect(distance(b, original)).toBeLessThanOrEqual(distance(c, original));
  });

  it('give each object its crop in each format', async () => {
    const object = z.object({
      jpeg: encoded,
      png: encoded,
      box: z.object({ width: z.number(), height: z.number() }),
    });
    const shape = z.object({ detectObjects: z.object({ objects: z.array(object).min(1) }) });
    const query = `mutation ($image: ImageInput!) {
      detectObjects(image: $image, minScore: 0, maxObjects: 2) {
        objects { box { width height } jpeg: crop { ...E } png: crop(format: PNG) { ...E } }
      }
    }
    fragment E on StoredImage { base64 mediaType bytes }`;
    for (const { jpeg, png, box } of dataOf(await client.post(query, { image }), shape).detectObjects
      .objects) {
      expect([jpeg.mediaType, png.mediaType]).toEqual(['image/jpeg', 'image/png']);
      const { width, height } = await sharp(Buffer.from(png.base64, 'base64')).metadata();
      expect(Math.abs(width - box.width)).toBeLessThanOrEqual(2);
      expect(Math.abs(height - box.height)).toBeLessThanOrEqual(2);
    }
  });

  it('classify each object in several ways', async () => {
    const labels = (count: number) =>
      z.object({ labels: z.array(z.object({ score: z.number() })).length(count) });
    const object = z.object({ one: labels(1), three: labels(3) });
    const shape = z.object({ detectObjects: z.object({ objects: z.array(object).min(1) }) });
    const query = `mutation ($image: ImageInput!) {
      detectObjects(image: $image, minScore: 0, maxObjects: 2) {
        objects { one: classification(topK: 1) { ...L } three: classification(topK: 3) { ...L } }
      }
    }
    fragment L on Classification { labels { score } }`;
    dataOf(await client.post(query, { image }), shape);
  });
});

it('gives in one analysis what the mutations give one by one', async () => {
  const wanted = {
    classification: 'labels { index score }',
    road: 'areas { class pixels }',
    detection: 'objects { classIndex score box { x y width height } }',
  };
  const query = `mutation ($image: ImageInput!) {
    analyze(image: $image) {
      classification(topK: 3) { ${wanted.classification} }
      road { ${wanted.road} mask { base64 } }
      detection(minScore: 0, maxObjects: 3) { ${wanted.detection} }
    }
    classify(image: $image, topK: 3) { ${wanted.classification} }
    segmentRoad(image: $image) { ${wanted.road} mask { base64 } }
    detectObjects(image: $image, minScore: 0, maxObjects: 3) { ${wanted.detection} }
  }`;
  const result = z.record(z.string(), z.unknown());
  const shape = z.object({
    analyze: z.object({
      classification: result,
      road: result,
      detection: z.object({ objects: z.array(result).min(1) }),
    }),
    classify: result,
    segmentRoad: result,
    detectObjects: z.object({ objects: z.array(result) }),
  });
  const { analyze, segmentRoad, detectObjects } = dataOf(await client.post(query, { image }), shape);
  // The picture is small: it is decoded whole either way.
  expect(analyze.road).toEqual(segmentRoad);
  expect(analyze.detection.objects.map(({ classIndex }) => classIndex)).toEqual(
    detectObjects.objects.map(({ classIndex }) => classIndex),
  );
});

function pixelsOf(base64: string): Promise<Buffer> {
  return sharp(Buffer.from(base64, 'base64')).raw().toBuffer();
}

function distance(a: Buffer | undefined, b: Buffer): number {
  if (a?.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0);
}
