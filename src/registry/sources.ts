import { join, resolve } from 'node:path';
import { access } from 'node:fs/promises';
import { messageOf } from '../errors.js';
import { checkFile } from './digest.js';
import { download } from './download.js';
import type { ManifestEntry, ModelFile } from './manifest.js';

/** Where model files may come from, beside the place that their manifest entry names. */
export interface Sources {
  /** Downloads and prepared models are kept here. */
  readonly cacheDir: string;
  /** A folder or a base address laid out `<id>/<file>`, tried before the published address. */
  readonly mirror: string | undefined;
  /** False keeps to what is on this machine. */
  readonly network: boolean;
}

/** None of the places has the file, or the right one; the message tells what each of them said. */
export class NotObtainable extends Error {
  override readonly name = 'NotObtainable';
}

/**
 * Finds a file of a model, or fetches it, and makes sure that it is the one that the manifest means.
 * @returns its path
 * @throws NotObtainable
 */
export async function obtain(entry: ManifestEntry, file: ModelFile, sources: Sources): Promise<string> {
  const failures: string[] = [];
  for (const { where, get } of placesOf(entry, file, sources)) {
    try {
      return await get();
    } catch (error) {
      failures.push(`${where} ${messageOf(error)}`);
    }
  }
  const advice = sources.network
    ? 'Check the network, or set MODEL_MIRROR to a folder or an address that has it'
    : 'Where downloads are on, it is fetched once the service is ready; else set MODEL_MIRROR to a folder that has it';
  if (!sources.network) failures.push('the network was not tried');
  throw new NotObtainable(`the file ${file.name} is not to be had: ${failures.join('; ')}. ${advice}`);
}

interface Place {
  /** Begins the sentence of what is wrong there. */
  readonly where: string;
  readonly get: () => Promise<string>;
}

/** The places in the order in which they are tried. */
function* placesOf(entry: ManifestEntry, file: ModelFile, sources: Sources): Generator<Place> {
  const { mirror, cacheDir, network } = sources;
  const model = entry.filesOf ?? entry.id;
  const cached = join(cacheDir, 'files', model, file.name);
  const here = (where: string, path: string): Place => ({ where, get: () => checked(path, file) });
  const there = (url: string): Place => ({ where: 'from', get: () => download(url, file, cached) });

  if (file.path !== undefined) yield here('beside its manifest', resolve(entry.folder, file.path));
  yield here('in the model cache', cached);
  if (mirror !== undefined && !isAddress(mirror)) yield here('in the mirror', join(mirror, model, file.name));
  if (!network) return;
  if (mirror !== undefined && isAddress(mirror))
    yield there(`${mirror.replace(/\/$/, '')}/${model}/${file.name}`);
  if (file.url !== undefined) yield there(file.url);
}

async function checked(path: string, file: ModelFile): Promise<string> {
  await access(path).catch((cause: unknown) => Promise.reject(new Error('there is none', { cause })));
  await checkFile(path, file);
  return path;
}

function isAddress(mirror: string): boolean {
  return /^https?:/.test(mirror);
}
