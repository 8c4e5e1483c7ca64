import type { KnownModel } from '../registry/catalog.js';
import { defaultAmong } from '../registry/default-rank.js';
import type { ManifestEntry } from '../registry/manifest.js';
import type { Task } from '../convert/parsers/parsers.js';
import { findPrepared } from '../registry/prepare.js';
import { locate, type Sources } from '../registry/sources.js';
import { megabytes } from './numbers.js';
import type { ModelsContext } from './models-context.js';
import { tableOf } from './table.js';
import { printableJson, printWhole } from './terminal.js';

/** How much of a model is on this machine. */
type Presence = 'PREPARED' | 'FILES_HERE' | 'TO_FETCH' | 'FILES_MISSING';

interface Line {
  readonly entry: ManifestEntry;
  readonly presence: Presence;
  /** Of the files that are missing; null where the manifest does not tell it of each. */
  readonly missingBytes: number | null;
  /** Its task's default, among what is prepared. */
  readonly isDefault: boolean;
}

/** Prints what models there are, and how much of each is here. */
export async function listModels({ catalog, sources }: ModelsContext, json: boolean): Promise<number> {
  const found = await Promise.all(catalog.list().map((model) => lineOf(model, sources)));
  const lines = found.map((line) => ({ ...line, isDefault: line === defaultOf(line.entry.task, found) }));
  printWhole(json ? printableJson(lines.map(asData)) : asTable(lines));
  return 0;
}

async function lineOf({ entry, labels }: KnownModel, sources: Sources): Promise<Line> {
  const line = { entry, missingBytes: 0, isDefault: false };
  const { state } = await findPrepared(entry, labels.length, sources);
  if (state === 'WHOLE') return { ...line, presence: 'PREPARED' };
  const places = await Promise.all(entry.files.map((file) => locate(entry, file, sources)));
  const missing = entry.files.filter((_file, index) => places[index] === undefined);
  if (missing.length === 0) return { ...line, presence: 'FILES_HERE' };
  const mirrored = sources.mirror !== undefined && /^https?:/.test(sources.mirror);
  const fetchable = sources.network && missing.every(({ url }) => mirrored || url !== undefined);
  return {
    ...line,
    missingBytes: missing.every(({ bytes }) => bytes !== undefined)
      ? missing.reduce((sum, { bytes = 0 }) => sum + bytes, 0)
      : null,
    presence: fetchable ? 'TO_FETCH' : 'FILES_MISSING',
  };
}

function defaultOf(task: Task, lines: readonly Line[]): Line | undefined {
  return defaultAmong(lines.filter(({ entry, presence }) => entry.task === task && presence === 'PREPARED'));
}

function asData({ entry, presence, missingBytes, isDefault }: Line) {
  const { id, task, title, origin, license, source = null, format, precision } = entry;
  return { id, task, title, origin, license, source, format, precision, presence, missingBytes, isDefault };
}

function asTable(lines: readonly Line[]): string {
  return tableOf(
    ['model', 'task', 'format', 'origin', 'state'],
    lines.map((line) => {
      const { id, task, format, origin } = line.entry;
      return [id, task, format, origin, inWords(line)];
    }),
  );
}

function inWords({ presence, missingBytes, isDefault }: Line): string {
  const size = missingBytes === null ? ' (size not known)' : ` (${megabytes(missingBytes)})`;
  switch (presence) {
    case 'PREPARED':
      return isDefault ? 'prepared, the default' : 'prepared';
    case 'FILES_HERE':
      return 'files are here: prepare it';
    case 'TO_FETCH':
      return `to be fetched${size}: prepare it`;
    case 'FILES_MISSING':
      return `files are missing${size}: set MODEL_MIRROR, or MODEL_DOWNLOADS=on`;
  }
}
