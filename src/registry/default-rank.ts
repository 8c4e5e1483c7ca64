import type { ManifestEntry } from './manifest.js';

/** Among usable models of one task, the one that serves requests which name none; undefined where none may. */
export function defaultAmong<T extends { readonly entry: ManifestEntry }>(
  usable: readonly T[],
): T | undefined {
  const rank = ({ entry }: T): number => entry.defaultRank ?? Number.POSITIVE_INFINITY;
  return usable.filter(({ entry }) => entry.defaultRank !== undefined).sort((a, b) => rank(a) - rank(b))[0];
}
