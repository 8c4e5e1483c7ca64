import type { Catalog, KnownModel } from '../registry/catalog.js';
import type { Task } from '../convert/parsers/parsers.js';
import type { Sources } from '../registry/sources.js';
import type { ModelBuilder } from '../registry/model-builder.js';

/**
 * Prepares what one command needs. A model that is named may be fetched; where none is, the one that a service
 * would answer with before it has fetched anything: the first in rank that is on this machine.
 */
export async function prepareFor(
  task: Task,
  model: string | undefined,
  { catalog, sources, builder }: { catalog: Catalog; sources: Sources; builder: ModelBuilder },
): Promise<void> {
  if (model !== undefined) {
    await catalog.prepare(sources, builder, [model]);
    return;
  }
  for (const { entry } of ranked(catalog.list(task))) {
    await catalog.prepare({ ...sources, network: false }, builder, [entry.id]);
    if (catalog.find(entry.id)?.availability.status === 'READY') return;
  }
}

function ranked(models: readonly KnownModel[]): KnownModel[] {
  const rank = ({ entry }: KnownModel): number => entry.defaultRank ?? Number.POSITIVE_INFINITY;
  return models.filter(({ entry }) => entry.defaultRank !== undefined).sort((a, b) => rank(a) - rank(b));
}
