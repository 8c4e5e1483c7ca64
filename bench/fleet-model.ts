import type { ReadyModel } from '../src/registry/catalog.js';
import { readManifests } from '../src/registry/manifest.js';
import { prepare } from '../src/registry/prepare.js';
import { join } from 'node:path';
import { ROOT } from './program.js';

/** The model that ships, as a catalog gives it. */
export async function fleetModel(cacheDir: string): Promise<ReadyModel> {
  const entries = await readManifests([join(ROOT, 'models/manifest.json')]);
  const entry = entries.find(({ id }) => id === 'builtin-superres-x4');
  if (!entry) throw new Error('models/manifest.json has the model that ships');
  const { model } = await prepare(entry, 0, { cacheDir, mirror: undefined, network: false });
  return { entry, labels: [], isDefault: true, prepared: model };
}
