import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { upscale } from '../src/jobs/upscale.js';
import { outputOf } from '../src/registry/prepared-model.js';
import { DiskStore } from '../src/storage/disk.js';
import type { Bed } from './bed.js';
import type { LabelledSet } from './data.js';

interface Measured {
  readonly model: number;
  readonly bicubic: number;
  readonly milliseconds: number;
}

/** PSNR on luma, of pictures shrunk by bicubic interpolation and enlarged again by the model, and by bicubic alone. */
export async function measureSuperResolution({ samples }: LabelledSet, model: string | undefined, bed: Bed) {
  const { prepared, entry } = bed.catalog.resolve('SUPER_RESOLVE', model);
  const { scale, reach } = outputOf(prepared, 'super-resolution');
  const folder = await mkdtemp(join(tmpdir(), 'okulo-eval-'));
  const workshop = { runner: bed.runner, store: new DiskStore(folder), tileEdge: bed.tileEdge };
  const results: Measured[] = [];
  try {
    for (const { image } of samples) {
      const { truth, small, width, height } = await shrunk(image, scale);
      const id = `eval-${basename(image).replaceAll(/[^a-z0-9]/g, '-')}`;
      const key = `jobs/${id}/input.png`;
      await workshop.store.put(key, small);
      const input = {
        key,
        width: width / scale,
        height: height / scale,
        format: 'png',
        bytes: small.length,
        sha256: '',
      };
      const payload = {
        owner: 'eval',
        input,
        model: { id: entry.id, digest: prepared.digest },
        scale,
        format: 'PNG' as const,
      };
      const start = performance.now();
      const done = await upscale(
        id,
        payload,
        { ...prepared, reach },
        workshop,
        () => Promise.resolve(),
        new AbortController().signal,
      );
      const milliseconds = performance.now() - start;
      const plain = await sharp(small)
        .resize(width, height, { kernel: 'cubic', fit: 'fill' })
        .png()
        .toBuffer();
      const psnrOf = async (file: Uint8Array) => psnr(await luma(file), truth, width, height, scale);
      results.push({ model: await psnrOf(done.bytes), bicubic: await psnrOf(plain), milliseconds });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const mean = (of: (result: Measured) => number) =>
    results.reduce((sum, result) => sum + of(result), 0) / results.length;
  return {
    model: entry.id,
    pictures: results.length,
    'PSNR dB': mean((result) => result.model),
    'bicubic dB': mean((result) => result.bicubic),
    'gain dB': mean((result) => result.model - result.bicubic),
    'ms a picture': mean((result) => result.milliseconds),
  };
}

async function shrunk(path: string, scale: number) {
  const file = await readFile(path);
  const whole = await sharp(file).metadata();
  const width = whole.width - (whole.width % scale);
  const height = whole.height - (whole.height % scale);
  const cut = await sharp(file).extract({ left: 0, top: 0, width, height }).removeAlpha().png().toBuffer();
  const small = await sharp(cut)
    .resize(width / scale, height / scale, { kernel: 'cubic', fit: 'fill' })
    .png()
    .toBuffer();
  return { truth: await luma(cut), small, width, height };
}

/** BT.601 luma, 16..235, as the papers on super resolution count it. */
async function luma(file: Uint8Array): Promise<Float64Array> {
  const pixels = await sharp(file).toColourspace('srgb').removeAlpha().raw().toBuffer();
  const at = (index: number) => pixels[index] ?? 0;
  return Float64Array.from(
    { length: pixels.length / 3 },
    (_, index) =>
      16 + (65.481 * at(index * 3) + 128.553 * at(index * 3 + 1) + 24.966 * at(index * 3 + 2)) / 255,
  );
}

/** In dB, without a border of as many pixels as the scale. */
function psnr(a: Float64Array, b: Float64Array, width: number, height: number, border: number): number {
  let sum = 0;
  let count = 0;
  for (let y = border; y < height - border; y += 1) {
    for (let x = border; x < width - border; x += 1) {
      const difference = (a[y * width + x] ?? 0) - (b[y * width + x] ?? 0);
      sum += difference * difference;
      count += 1;
    }
  }
  return 10 * Math.log10((255 * 255 * count) / sum);
}
