import { type GraphEditor, valueInfo } from '../onnx/graph-editor.js';
import { ELEMENT, type ModelProto } from '../onnx/messages.js';
import { BAKED, RAW } from './names.js';

/**
 * Ends a graph with non-maximum suppression, class by class.
 *
 * In: `maxPerClass` int64[1], `minScore` float[1].
 * Out, for K objects in no particular order: `boxes` float[K, 4] (left, top, right, bottom in input pixels),
 * `scores` float[K], `classes` int32[K].
 *
 * @param boxes name of a 1 x N x 4 value
 * @param scores name of a 1 x N x classes value
 */
export function bakeBoxes(
  model: ModelProto,
  editor: GraphEditor,
  boxes: string,
  scores: string,
  iouThreshold: number,
): void {
  const corners = editor.add('Identity', [boxes], {}, RAW.boxes);
  const byClass = editor.add('Transpose', [editor.add('Identity', [scores], {}, RAW.scores)], {
    perm: [0, 2, 1],
  });
  // The operator wants (y, x) corners; overlap is the same when the axes swap places, so (x, y) serve as well.
  const kept = editor.add('NonMaxSuppression', [
    corners,
    byClass,
    BAKED.maxPerClass,
    editor.floats([iouThreshold]),
    BAKED.minScore,
  ]);
  // Each row of `kept` is (picture, class, box).
  const classes = editor.add('Gather', [kept, editor.ints(1)], { axis: 1 });
  const rows = editor.add('Gather', [kept, editor.ints(2)], { axis: 1 });
  const flat = editor.add('Reshape', [corners, editor.ints([-1, 4])]);
  editor.add('Gather', [flat, rows], { axis: 0 }, BAKED.boxes);
  editor.add('GatherND', [byClass, kept], {}, BAKED.scores);
  editor.add('Cast', [classes], { to: ELEMENT.int32 }, BAKED.classes);

  model.graph.input.push(valueInfo(BAKED.maxPerClass, 'int64', [1]), valueInfo(BAKED.minScore, 'float', [1]));
  model.graph.output = [
    valueInfo(BAKED.boxes, 'float', ['objects', 4]),
    valueInfo(BAKED.scores, 'float', ['objects']),
    valueInfo(BAKED.classes, 'int32', ['objects']),
  ];
}
