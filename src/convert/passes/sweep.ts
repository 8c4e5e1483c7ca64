import type { PassGraph } from './graph.js';

/**
 * Removes what no output needs any more: nodes, weights, and the inputs that older files list for their weights.
 * @param keep values that are looked at although no output needs them
 */
export function sweep(passes: PassGraph, keep: readonly string[]): void {
  const { graph } = passes;
  const needed = new Set([...graph.output.map(({ name }) => name), ...keep]);
  // A node comes behind those that it reads from.
  for (const node of graph.node.toReversed()) {
    if (node.output.some((name) => needed.has(name))) for (const name of node.input) needed.add(name);
  }
  graph.node = graph.node.filter(({ output }) => output.some((name) => needed.has(name)));
  const dropped = new Set(graph.initializer.map(({ name }) => name).filter((name) => !needed.has(name)));
  graph.initializer = graph.initializer.filter(({ name }) => !dropped.has(name));
  graph.input = graph.input.filter(({ name }) => !dropped.has(name));
  passes.refresh();
}
