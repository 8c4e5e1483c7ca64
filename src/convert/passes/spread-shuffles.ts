import { attribute, type PassGraph } from './graph.js';

/** The runtime's kernel writes runs of as many values: at two it takes ten times as long as at four. */
const MAX_BLOCK = 3;

/**
 * Does a DepthToSpace with small blocks in two steps that the runtime is quick at: the columns of a block go to the
 * end, and whole rows change places then.
 */
export function spreadShuffles(graph: PassGraph): void {
  for (const node of graph.nodes('DepthToSpace')) {
    const block = Number(attribute(node, 'blocksize'));
    const [picture = ''] = node.input;
    if (block > MAX_BLOCK || attribute(node, 'mode') !== 'CRD') continue;
    graph.replace(node, (editor) => {
      const shape = editor.add('Shape', [picture]);
      const size = (axis: number) => editor.add('Gather', [shape, editor.ints([axis])], { axis: 0 });
      const [batch, rows, columns] = [size(0), size(2), size(3)];
      const list = (...sizes: string[]) => editor.add('Concat', sizes, { axis: 0 });
      const side = editor.ints([block]);
      const rest = editor.ints([-1]);
      const times = (value: string) => editor.add('Mul', [value, side]);

      const blocks = editor.add('Reshape', [picture, list(rest, side, rows, columns)]);
      const columnsLast = editor.add('Transpose', [blocks], { perm: [0, 2, 3, 1] });
      const lines = editor.add('Reshape', [columnsLast, list(rest, side, rows, times(columns))]);
      const inOrder = editor.add('Transpose', [lines], { perm: [0, 2, 1, 3] });
      const larger = list(batch, rest, times(rows), times(columns));
      editor.add('Reshape', [inOrder, larger], {}, node.output[0]);
    });
  }
}
