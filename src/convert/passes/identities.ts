import type { PassGraph } from './graph.js';

/**
 * Removes what gives a value another name: it hides a neighbour from the passes behind this one.
 * @param keep names that have to stay
 */
export function dropIdentities(graph: PassGraph, keep: readonly string[]): void {
  for (const node of graph.nodes('Identity')) {
    const [from] = node.input;
    const [to = ''] = node.output;
    if (from === undefined || graph.isOutput(to) || keep.includes(to)) continue;
    graph.redirect(to, from);
  }
}
