import { once } from 'node:events';
import { CodedError, shortened } from '../errors.js';
import type { Catalog, KnownModel } from './catalog.js';

/**
 * Models as they are now, then whenever one changes, until the signal aborts. Whoever reads slowly misses states in
 * between, never the last.
 * @param id of one model; all of them unless given
 * @throws CodedError MODEL_NOT_FOUND
 */
export function modelUpdates(
  catalog: Catalog,
  id: string | undefined,
  signal: AbortSignal,
): AsyncIterableIterator<KnownModel> {
  if (id !== undefined && !catalog.find(id)) {
    throw new CodedError(
      'MODEL_NOT_FOUND',
      `There is no model '${shortened(id)}'. Query models for the known ones.`,
    );
  }
  const left = new AbortController();
  const updates = follow(catalog, id, AbortSignal.any([signal, left.signal]));
  return {
    next: () => updates.next(),
    return: () => {
      // It may be waiting for a change that never comes.
      left.abort();
      return updates.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow(
  catalog: Catalog,
  id: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<KnownModel, undefined> {
  const changed = new Set(id === undefined ? catalog.list().map(({ entry }) => entry.id) : [id]);
  const note = (each: string): void => {
    if (id === undefined || each === id) changed.add(each);
  };
  catalog.changes.on('change', note);
  try {
    while (!signal.aborted) {
      const [next] = changed;
      if (next === undefined) {
        await once(catalog.changes, 'change', { signal }).catch(() => undefined);
        continue;
      }
      changed.delete(next);
      const known = catalog.find(next);
      if (known) yield known;
    }
  } finally {
    catalog.changes.off('change', note);
  }
  return undefined;
}
