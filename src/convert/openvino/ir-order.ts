import { ConversionError } from '../conversion-error.js';
import type { Layer } from './layer.js';

/**
 * Sorts layers so that each comes behind those that it takes its inputs from, and leaves out those that
 * contribute to no result. Parameters stay: a caller may feed them.
 * @throws ConversionError when layers wait for each other
 */
export function inOrder(layers: readonly Layer[]): Layer[] {
  const sorted: Layer[] = [];
  const waitingFor = new Map(layers.map((layer) => [layer.id, layer.inputs.length]));
  const consumers = consumersOf(layers);
  const ready = layers.filter(({ inputs }) => inputs.length === 0);
  for (let next = ready.shift(); next; next = ready.shift()) {
    sorted.push(next);
    for (const consumer of consumers.get(next.id) ?? []) {
      const open = (waitingFor.get(consumer.id) ?? 0) - 1;
      waitingFor.set(consumer.id, open);
      if (open === 0) ready.push(consumer);
    }
  }
  if (sorted.length < layers.length) {
    const stuck = layers.find(({ id }) => (waitingFor.get(id) ?? 0) > 0);
    throw new ConversionError(
      `The layers of the .xml form a cycle: ${stuck ? `layer '${stuck.name}' (${stuck.type})` : 'one of them'} waits for its own result`,
    );
  }
  return neededOf(sorted);
}

/** Which layers take a value of each layer, by id; one that takes two is named twice. */
export function consumersOf(layers: readonly Layer[]): Map<string, Layer[]> {
  const consumers = new Map<string, Layer[]>();
  for (const layer of layers) {
    for (const { layer: source } of layer.inputs) {
      const list = consumers.get(source);
      if (list) list.push(layer);
      else consumers.set(source, [layer]);
    }
  }
  return consumers;
}

function neededOf(sorted: readonly Layer[]): Layer[] {
  const needed = new Set<string>();
  for (const layer of sorted.toReversed()) {
    if (layer.type !== 'Result' && layer.type !== 'Parameter' && !needed.has(layer.id)) continue;
    needed.add(layer.id);
    for (const { layer: source } of layer.inputs) needed.add(source);
  }
  return sorted.filter(({ id }) => needed.has(id));
}
