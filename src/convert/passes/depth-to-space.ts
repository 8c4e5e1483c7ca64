import type { NodeProto } from '../onnx/messages.js';
import { channelsOf } from './channels.js';
import { numbers, type PassGraph } from './graph.js';
import { symbolicShape, type SymbolicSize } from './symbolic-shape.js';

/** The two ways to split a picture's channels: where they, the two axes of a block, and rows and columns come. */
const MODES = {
  CRD: { perm: [0, 1, 4, 2, 5, 3], channels: 1, blocks: [2, 3] },
  DCR: { perm: [0, 3, 4, 1, 5, 2], channels: 3, blocks: [1, 2] },
} as const;
type Mode = keyof typeof MODES;

const [BATCH, CHANNELS, ROWS, COLUMNS] = [0, 1, 2, 3] as const;

/** One of the picture's sizes, multiplied. */
interface Expected {
  readonly axis: number;
  readonly times: number;
}

/**
 * Recognises pixel shuffles: a Reshape to six axes, a Transpose and a Reshape back. DepthToSpace is the same, and
 * has a kernel of its own where a Transpose of six axes moves one value at a time.
 */
export function depthToSpace(graph: PassGraph): void {
  for (const last of graph.nodes('Reshape')) {
    const transpose = graph.soleMaker(last.input[0], 'Transpose');
    const first = graph.soleMaker(transpose?.input[0], 'Reshape');
    const [picture] = first?.input ?? [];
    const mode = transpose && modeOf(transpose);
    if (!first || !mode || picture === undefined) continue;
    const block = blockOf(graph, first, mode, picture);
    if (block === undefined || !isJoined(graph, last, block, picture)) continue;
    graph.replace(last, (editor) => {
      editor.add('DepthToSpace', [picture], { blocksize: block, mode }, last.output[0]);
    });
  }
}

function modeOf(transpose: NodeProto): Mode | undefined {
  const perm = numbers(transpose, 'perm').join();
  return (['CRD', 'DCR'] as const).find((mode) => MODES[mode].perm.join() === perm);
}

/** The block's side, where a Reshape splits the channels of a picture into blocks and nothing else. */
function blockOf(graph: PassGraph, { input }: NodeProto, mode: Mode, picture: string): number | undefined {
  const sizes = symbolicShape(graph, input[1], picture);
  const { channels, blocks } = MODES[mode];
  const [down, across] = blocks.map((axis) => sizes?.[axis]);
  if (sizes?.length !== 6 || down?.kind !== 'number' || across?.kind !== 'number') return undefined;
  if (down.value !== across.value || down.value < 2) return undefined;
  const block = down.value;
  const rest = [0, channels, 4, 5].map((axis) => sizes[axis]);
  const expected = [
    { axis: BATCH, times: 1 },
    { axis: CHANNELS, times: 1 / block ** 2 },
    { axis: ROWS, times: 1 },
    { axis: COLUMNS, times: 1 },
  ];
  return agree(graph, rest, expected, picture) ? block : undefined;
}

/** Whether a Reshape puts rows and columns of blocks together. */
function isJoined(graph: PassGraph, { input }: NodeProto, block: number, picture: string): boolean {
  const sizes = symbolicShape(graph, input[1], picture);
  const expected = [
    { axis: BATCH, times: 1 },
    { axis: CHANNELS, times: 1 / block ** 2 },
    { axis: ROWS, times: block },
    { axis: COLUMNS, times: block },
  ];
  return sizes?.length === 4 && agree(graph, sizes, expected, picture);
}

/**
 * Whether sizes are the expected ones. One of them may be anything: a Reshape keeps the number of values, so that
 * it follows from the others, and the operator refuses what does not.
 */
function agree(
  graph: PassGraph,
  sizes: readonly (SymbolicSize | undefined)[],
  expected: readonly Expected[],
  picture: string,
): boolean {
  const open = expected.filter((size, index) => !agrees(graph, sizes[index], size, picture));
  return open.length <= 1;
}

function agrees(
  graph: PassGraph,
  size: SymbolicSize | undefined,
  { axis, times }: Expected,
  picture: string,
): boolean {
  if (size?.kind === 'axis') return size.axis === axis && Math.abs(size.times / size.over - times) < 1e-9;
  // Zero is "as it was" in a Reshape: of the first axis, which is the same before and after.
  if (size?.value === 0) return axis === BATCH;
  const known = axis === CHANNELS ? channelsOf(graph, picture) : graph.statedShape(picture)?.[axis];
  return typeof known === 'number' && size?.value === known * times;
}
