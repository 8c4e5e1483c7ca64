import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fillCanvas, startCanvas } from '../../src/imaging/canvas.js';
import { encode, encodeCanvas } from '../../src/imaging/codec/encode.js';
import type { Channels, ImageFormat, Picture, Shape, Size } from '../../src/imaging/picture.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-canvas-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function pictureOf(shape: Shape): Picture {
  const pixels = Uint8Array.from(
    { length: shape.width * shape.height * shape.channels },
    (_, at) => (at * 31 + (at >> 7)) & 255,
  );
  return { ...shape, pixels };
}

async function encoded(path: string, shape: Shape, format: ImageFormat): Promise<Buffer> {
  const target = join(folder, 'output');
  const bytes = await encodeCanvas(path, shape, format, target);
  const file = await readFile(target);
  expect(bytes).toBe(file.length);
  return file;
}

function rowsOf({ width, channels, pixels }: Picture, from: number, to: number): Picture {
  const rowBytes = width * channels;
  return { width, height: to - from, channels, pixels: pixels.slice(from * rowBytes, to * rowBytes) };
}

const SIZES: readonly [Size, number[]][] = [
  [{ width: 1, height: 1 }, [0, 1]],
  [{ width: 7, height: 64 }, [0, 64]],
  [{ width: 50, height: 65 }, [0, 40, 65]],
  [{ width: 333, height: 400 }, [0, 100, 101, 300, 400]],
];
const CHANNELS: readonly Channels[] = [1, 2, 3, 4];

test.each(
  SIZES.flatMap(([size, edges]) =>
    CHANNELS.map((channels): [Shape, number[]] => [{ ...size, channels }, edges]),
  ),
)('a canvas of %o filled strip by strip is the picture', async (size, edges) => {
  const picture = pictureOf(size);
  const path = join(folder, 'canvas.tif');
  await startCanvas(path, size);
  const strips = edges.slice(1).map((to, index) => ({ from: edges[index] ?? 0, to }));
  // In any order: strips may be finished by several threads.
  for (const { from, to } of strips.reverse()) await fillCanvas(path, size, rowsOf(picture, from, to), from);
  for (const format of ['PNG', 'JPEG', 'WEBP'] as const)
    expect(await encoded(path, size, format)).toEqual((await encode(picture, format, 'RGB', 'fast')).bytes);
});

test('what was not filled is black', async () => {
  const size = { width: 3, height: 2, channels: 3 } as const;
  const path = join(folder, 'canvas.tif');
  await startCanvas(path, size);
  const black: Picture = { ...size, pixels: new Uint8Array(18) };
  expect(await encoded(path, size, 'PNG')).toEqual((await encode(black, 'PNG', 'RGB', 'fast')).bytes);
});

const ONE_PIXEL: Shape = { width: 1, height: 1, channels: 3 };

test('a file that is there already is not written over', async () => {
  const path = join(folder, 'canvas.tif');
  await startCanvas(path, ONE_PIXEL);
  await expect(startCanvas(path, ONE_PIXEL)).rejects.toThrow('EEXIST');
});

test('a picture beyond what the file can hold is refused', async () => {
  await expect(
    startCanvas(join(folder, 'canvas.tif'), { width: 40_000, height: 40_000, channels: 3 }),
  ).rejects.toThrow('A picture of 40000x40000 pixels is too large to be stitched');
});

test('a canvas of more pixels than the image library takes by itself is encoded', async () => {
  const shape = { width: 20_000, height: 13_500, channels: 1 } as const;
  const path = join(folder, 'canvas.tif');
  await startCanvas(path, shape);
  const bytes = await encodeCanvas(path, shape, 'JPEG', join(folder, 'output'));
  expect(bytes).toBeGreaterThan(100_000);
});
