/** The routes of the earlier Flask service, as its clients call them and read their answers. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { bmpFile } from '../kit/bmp-files.js';
import { flat, maxDifference, meanDifference, pngOf } from '../kit/pictures.js';
import { SVG, truncatedJpeg } from '../kit/service-bad-pictures.js';
import { completed, submit } from '../kit/service-jobs.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService({ env: { MAX_UPLOAD_BYTES: '2000000' } });
});
afterAll(() => service.stop());

const base64 = async (path: string) => (await readFile(path)).toString('base64');
const post = (path: string, body: unknown, headers = { 'content-type': 'application/json' }) =>
  fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

async function answer<T>(path: string, shape: z.ZodType<T>, body: unknown): Promise<T> {
  const response = await post(path, body);
  const text: unknown = await response.json();
  expect(response.status, JSON.stringify(text)).toBe(200);
  return shape.parse(text);
}

const detection = z.strictObject({
  class_id: z.int(),
  confidence: z.number().min(0).max(1),
  box: z.strictObject({ startX: z.int(), startY: z.int(), endX: z.int(), endY: z.int() }),
});
const detections = z.strictObject({ detections: z.array(detection) });

describe('the four routes', () => {
  it('classify_image tells the class by its name alone', async () => {
    const shape = z.strictObject({ img_class: z.string() });
    const { img_class } = await answer('/classify_image', shape, {
      image: await base64('images/classification/orange.jpg'),
    });
    expect(img_class).toBe('orange');
  });

  it('road_segmentation gives a PNG of class numbers in the network’s own size', async () => {
    const shape = z.strictObject({ seg_image: z.base64() });
    const { seg_image } = await answer('/road_segmentation', shape, {
      image: await base64('images/road/street.jpg'),
    });
    const mask = sharp(Buffer.from(seg_image, 'base64'));
    expect(await mask.metadata()).toMatchObject({ format: 'png', width: 896, height: 512, channels: 1 });
    const numbers = await mask.raw().toBuffer();
    expect(numbers.every((value) => value <= 3)).toBe(true);
    // The street's true share of that picture is 0.329.
    expect(numbers.filter((value) => value === 1).byteLength / numbers.byteLength).toBeCloseTo(0.33, 1);
  });

  it('super_resolution gives a PNG four times as wide and high, and gives it again', async () => {
    const shape = z.strictObject({ super: z.base64() });
    const image = (await picture({ width: 60, height: 40 })).toString('base64');
    const first = await answer('/super_resolution', shape, { image });
    const superResolved = sharp(Buffer.from(first.super, 'base64'));
    expect(await superResolved.metadata()).toMatchObject({
      format: 'png',
      width: 240,
      height: 160,
      channels: 3,
    });
    expect(await answer('/super_resolution', shape, { image })).toEqual(first);
  });

  it('object_detection numbers the classes as PASCAL VOC does', async () => {
    const found = await answer('/object_detection', detections, {
      image: await base64('images/road/street.jpg'),
    });
    expect(found.detections.map(({ class_id }) => class_id)).toEqual([7]);
    const { startX, startY, endX, endY } = found.detections[0]?.box ?? {};
    expect(startX).toBeLessThan(Number(endX));
    expect(startY).toBeLessThan(Number(endY));
  });

  it('object_detection takes the least confidence, and draws when asked to', async () => {
    const image = await base64('images/road/street.jpg');
    const shape = detections.extend({ detection_image: z.base64() });
    const found = await answer('/object_detection?return_image=true', shape, { image, confidence: 0.1 });
    expect(found.detections.length).toBeGreaterThan(1);
    const drawn = sharp(Buffer.from(found.detection_image, 'base64'));
    expect(await drawn.metadata()).toMatchObject({ format: 'png', width: 960, height: 540 });
    const none = await answer('/object_detection', detections, { image, confidence: 1 });
    expect(none.detections).toEqual([]);
  });

  it('take a picture with a data: prefix', async () => {
    const image = `data:image/jpeg;base64,${await base64('images/classification/orange.jpg')}`;
    expect(await answer('/classify_image', z.object({ img_class: z.string() }), { image })).toEqual({
      img_class: 'orange',
    });
  });
});

/** A picture as OpenCV's imdecode gives it to these clients: blue, green, red. */
async function byOpenCv(file: string): Promise<Buffer> {
  return sharp(Buffer.from(file, 'base64'))
    .removeAlpha()
    .toColourspace('srgb')
    .recomb(BGR_OF_RGB)
    .raw()
    .toBuffer();
}
const BGR_OF_RGB: [[number, number, number], [number, number, number], [number, number, number]] = [
  [0, 0, 1],
  [0, 1, 0],
  [1, 0, 0],
];

describe('a client that decodes with OpenCV', () => {
  const RED = [200, 0, 0] as const;
  const red = () => pngOf(flat({ width: 48, height: 32 }, RED));

  it('has the enlarged picture as RGB', async () => {
    const image = (await red()).toString('base64');

    const { super: file } = await answer('/super_resolution', z.object({ super: z.base64() }), { image });

    const pixels = await byOpenCv(file);
    expect(pixels).toHaveLength(48 * 32 * 16 * 3);
    expect(
      meanDifference(
        pixels,
        pixels.map((_, index) => RED[index % 3] ?? NaN),
      ),
    ).toBeLessThan(8);
  });

  it('has the picture with boxes as RGB, which GraphQL’s clients have as it is', async () => {
    const image = await base64('images/road/street.jpg');
    const shape = detections.extend({ detection_image: z.base64() });
    const found = await answer('/object_detection?return_image=true', shape, { image, confidence: 0.3 });
    const drawn = await new GraphqlClient(service.url).post(
      'mutation ($image: ImageInput!) { detectObjects(image: $image, minScore: 0.3) { annotated(format: PNG) { base64 } } }',
      { image: { base64: image } },
    );
    const { detectObjects } = dataOf(
      drawn,
      z.object({ detectObjects: z.object({ annotated: z.object({ base64: z.base64() }) }) }),
    );

    const asDrawn = await sharp(Buffer.from(detectObjects.annotated.base64, 'base64')).raw().toBuffer();

    expect(maxDifference(await byOpenCv(found.detection_image), asDrawn)).toBe(0);
  });

  it('leaves the enlarged picture of GraphQL’s clients right', async () => {
    const client = new GraphqlClient(service.url);
    await answer('/super_resolution', z.object({ super: z.base64() }), {
      image: (await red()).toString('base64'),
    });

    // The same picture joins the job that the route made.
    const { id } = await submit(client, { image: await red() });
    const { url } = await completed(client, id);

    const file = await fetch(url).then((response) => response.arrayBuffer());
    const pixels = await sharp(Buffer.from(file)).toColourspace('srgb').removeAlpha().raw().toBuffer();
    expect(
      meanDifference(
        pixels,
        pixels.map((_, index) => RED[index % 3] ?? NaN),
      ),
    ).toBeLessThan(8);
  });
});

describe('a BMP', () => {
  it('gets the very answers of the same picture in PNG, from the routes and from GraphQL', async () => {
    const { data, info } = await sharp('images/road/street.jpg').raw().toBuffer({ resolveWithObject: true });
    const pixels = { width: info.width, height: info.height, channels: 3 as const, pixels: data };
    const [bmp, png] = [bmpFile(pixels), await pngOf(pixels)];
    const client = new GraphqlClient(service.url);
    const everything =
      'mutation ($image: ImageInput!) { analyze(image: $image) { classification { labels { name score } } road { areas { class fraction } } detection { objects { label score } } } }';

    for (const path of ['/classify_image', '/road_segmentation', '/object_detection']) {
      const asked = (file: Uint8Array) =>
        answer(path, z.record(z.string(), z.unknown()), { image: Buffer.from(file).toString('base64') });
      expect(await asked(bmp)).toEqual(await asked(png));
    }
    const analyzed = async (file: Uint8Array) =>
      client.post(everything, { image: { base64: Buffer.from(file).toString('base64') } });
    const answered = await analyzed(bmp);
    expect(answered.errors).toEqual([]);
    expect(answered.data).toEqual((await analyzed(png)).data);
  });
});

const PATHS = ['/classify_image', '/road_segmentation', '/super_resolution', '/object_detection'];
const message = z.strictObject({ message: z.string().min(10) });

describe.each(PATHS)('%s', (path) => {
  const refused = async (body: unknown, headers?: { 'content-type': string }) => {
    const response = await post(path, body, headers);
    return { status: response.status, ...message.parse(await response.json()) };
  };

  it('answers what is no image, or half of one, with 400 and the reason', async () => {
    for (const bytes of [Buffer.from('no image'), await truncatedJpeg(), SVG]) {
      expect((await refused({ image: bytes.toString('base64') })).status).toBe(400);
    }
  });

  it('answers a body of another form with 400 and the form that is expected', async () => {
    for (const body of [{}, { image: 5 }, [], { image: 'a*b' }]) {
      const { status, message: words } = await refused(body);
      expect(status).toBe(400);
      expect(words).toContain('base64');
    }
    expect((await refused({ image: 'aaaa' }, { 'content-type': 'text/plain' })).message).toContain(
      'application/json',
    );
    const broken = await fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"image": ',
    });
    expect({ status: broken.status, ...message.parse(await broken.json()) }).toMatchObject({ status: 400 });
  });

  it('answers a file that is too large with 413', async () => {
    expect((await refused({ image: Buffer.alloc(2_000_001).toString('base64') })).status).toBe(413);
    expect((await refused({ image: Buffer.alloc(4_000_000).toString('base64') })).status).toBe(413);
  });

  it('answers another method with 405', async () => {
    const response = await fetch(`${service.url}${path}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(message.parse(await response.json()).message).toContain(`POST ${path}`);
  });
});

it('object_detection takes every usual yes and no for return_image, and nothing else', async () => {
  const image = (await picture()).toString('base64');
  const answered = async (value: string) => {
    const response = await post(`/object_detection?return_image=${value}`, { image });
    return { status: response.status, body: (await response.json()) as object };
  };
  for (const yes of ['true', 'True', '1'])
    expect((await answered(yes)).body).toHaveProperty('detection_image');
  for (const no of ['false', '0', ''])
    expect((await answered(no)).body).not.toHaveProperty('detection_image');
  for (const odd of ['yes', 'true&return_image=false']) expect((await answered(odd)).status).toBe(400);
});

it('object_detection answers a confidence out of range with 400', async () => {
  const image = (await picture()).toString('base64');
  for (const confidence of [-1, 1.5, 'high']) {
    const response = await post('/object_detection', { image, confidence });
    expect(response.status).toBe(400);
    expect(message.parse(await response.json()).message).toContain("'confidence'");
  }
});

it('says when to come back where there is too much to do', async () => {
  const busy = await startService({ env: { MAX_QUEUED_WORK_SECONDS: '1' } });
  try {
    // Whatever its size, the first one is taken; it is long from done when the second one comes.
    const large = (seed: number) => picture({ width: 1200, height: 900, seed });
    await submit(new GraphqlClient(busy.url), { image: await large(1) });
    const response = await fetch(`${busy.url}/super_resolution`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ image: (await large(2)).toString('base64') }),
    });
    expect(response.status).toBe(503);
    // Whole seconds, and never more than a minute.
    expect(response.headers.get('retry-after')).toMatch(/^([1-9]|[1-5]\d|60)$/);
    expect(message.parse(await response.json()).message).toMatch(/later|again/i);
  } finally {
    await busy.stop();
  }
});
