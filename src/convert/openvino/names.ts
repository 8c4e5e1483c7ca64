import type { Layer } from './layer.js';

/**
 * The names of layers' results in the graph, by layer id: the layer's own name, which the author of a network
 * knows, with the id behind it where another layer has the same.
 */
export function uniqueNames(layers: readonly Layer[]): Map<string, string> {
  const named = layers.filter(({ type }) => type !== 'Const' && type !== 'Result');
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    named.map(({ id, name }) => [id, name !== '' && counts.get(name) === 1 ? name : `${name}#${id}`]),
  );
}
