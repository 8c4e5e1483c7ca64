import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tilesOfJob } from '../src/jobs/shared/chunks.js';
import { DecodedImageCache } from '../src/jobs/worker/decoded-image-cache.js';
import { upscale } from '../src/jobs/worker/upscale.js';
import type { ReadyModel } from '../src/registry/catalog.js';
import { outputFor } from '../src/registry/prepared-model.js';
import { DiskStore } from '../src/storage/disk.js';
import type { Harness } from './harness.js';
import type { Png } from './shrunk.js';

/** A picture as a job made it, and how long that took. */
export interface Upscaling {
  readonly bytes: Uint8Array;
  readonly milliseconds: number;
}

/**
 * Enlarges a picture by the code that does super resolution jobs, from the stored input to the encoded
 * result. Each call starts anew: tiles that another one made are not found again.
 */
export async function enlarge(
  { png, size }: Png,
  { prepared, entry }: ReadyModel,
  { runner, tileEdge }: Harness,
): Promise<Upscaling> {
  const { scale, receptiveFieldRadius } = outputFor('SUPER_RESOLVE', prepared);
  const folder = await mkdtemp(join(tmpdir(), 'okulo-eval-'));
  try {
    const store = new DiskStore(folder);
    const id = 'eval';
    const key = 'jobs/eval/input.png';
    await store.put(key, png);
    const payload = {
      owner: 'eval',
      input: { key, ...size, format: 'png', bytes: png.length, sha256: '', transparent: false },
      model: { id: entry.id, digest: prepared.digest },
      scale,
      format: 'PNG' as const,
      tileEdge,
      work: 0,
      round: 0,
    };
    const start = performance.now();
    const { bytes } = await upscale(
      id,
      payload,
      tilesOfJob(payload, receptiveFieldRadius),
      prepared,
      { runner, store, images: new DecodedImageCache(runner, store) },
      () => Promise.resolve(),
      new AbortController().signal,
    );
    return { bytes, milliseconds: performance.now() - start };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
