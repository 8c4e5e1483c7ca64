import { join, resolve } from 'node:path';
import { access } from 'node:fs/promises';
import { messageOf } from '../errors.js';
import { checkFile } from './digest.js';
import { download } from './download.js';
import type { ManifestEntry, ModelFile } from './manifest.js';
import type { OnProgress } from './progress.js';
import { isUnanswered } from './unanswered.js';
import { UnusableCache } from './unusable-cache.js';

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

  constructor(
    message: string,
    /** Whether another network, or another minute, is all that it takes. */
    readonly because: 'NOT_FETCHED' | 'UNREACHABLE' | 'OTHER',
  ) {
    super(message);
  }
}

/**
 * Finds a file of a model, or fetches it, and makes sure that it is the one that the manifest means.
 * @returns its path
 * @throws NotObtainable, UnusableCache
 */
export async function obtain(
  entry: ManifestEntry,
  file: ModelFile,
  sources: Sources,
  onProgress?: OnProgress,
): Promise<string> {
  const failures: string[] = [];
  const answers: boolean[] = [];
  for (const place of placesOf(entry, file, sources)) {
    const { where } = place;
    try {
      if ('path' in place) return await checked(place.path, file);
      return await fetched(entry, file, place, onProgress);
    } catch (error) {
      // Another address would end at the same disk.
      if (error instanceof UnusableCache) throw error;
      failures.push(`${where} ${messageOf(error)}`);
      if ('url' in place) answers.push(!isUnanswered(error));
    }
  }
  const advice = sources.network
    ? 'Check the network, or set MODEL_MIRROR to a folder or an address that has it'
    : 'Where downloads are on (MODEL_DOWNLOADS), it is fetched once the service is ready; where they are off, set MODEL_MIRROR to a folder that has it';
  if (!sources.network) failures.push('the network was not tried');
  throw new NotObtainable(
    `the file ${file.name} could not be downloaded: ${failures.join('; ')}. ${advice}`,
    becauseOf(sources.network, answers),
  );
}

/** @param answers for each address that was asked, whether anybody answered */
function becauseOf(network: boolean, answers: readonly boolean[]): NotObtainable['because'] {
  if (!network) return 'NOT_FETCHED';
  return answers.length > 0 && !answers.includes(true) ? 'UNREACHABLE' : 'OTHER';
}

/**
 * Where a file lies on this machine, if anywhere; whether it is the right one is not looked at.
 * @returns its path
 */
export async function locate(
  entry: ManifestEntry,
  file: ModelFile,
  sources: Sources,
): Promise<string | undefined> {
  for (const place of placesOf(entry, file, { ...sources, network: false })) {
    if ('path' in place && (await isThere(place.path))) return place.path;
  }
  return undefined;
}

/** `where` begins the sentence of what is wrong there. */
type Place =
  | { readonly where: string; readonly path: string }
  | { readonly where: 'from'; readonly url: string; readonly to: string };

/** The places in the order in which they are tried. */
function* placesOf(entry: ManifestEntry, file: ModelFile, sources: Sources): Generator<Place> {
  const { mirror, cacheDir, network } = sources;
  const model = entry.filesOf ?? entry.id;
  const cached = join(cacheDir, 'files', model, file.name);

  if (file.path !== undefined) yield { where: 'beside its manifest', path: resolve(entry.folder, file.path) };
  yield { where: 'in the model cache', path: cached };
  if (mirror !== undefined && !isAddress(mirror))
    yield { where: 'in the mirror', path: join(mirror, model, file.name) };
  if (!network) return;
  if (mirror !== undefined && isAddress(mirror))
    yield { where: 'from', url: `${mirror.replace(/\/$/, '')}/${model}/${file.name}`, to: cached };
  if (file.url !== undefined) yield { where: 'from', url: file.url, to: cached };
}

function fetched(
  { id }: ManifestEntry,
  file: ModelFile,
  { url, to }: { readonly url: string; readonly to: string },
  onProgress?: OnProgress,
): Promise<string> {
  return download(url, file, to, {
    onBytes: (bytes, total) => onProgress?.(id, { step: 'download', file: file.name, url, bytes, total }),
  });
}

async function checked(path: string, file: ModelFile): Promise<string> {
  if (!(await isThere(path))) throw new Error('there is none');
  await checkFile(path, file);
  return path;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function isAddress(mirror: string): boolean {
  return /^https?:/.test(mirror);
}
