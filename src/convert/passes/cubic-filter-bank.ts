import type { NodeProto } from '../onnx/messages.js';
import { channelsOf } from './channels.js';
import { attribute, type PassGraph } from './graph.js';

/** How far a pixel of the result looks to either side: two pixels of the four, seen from any of its phases. */
const REACH = 2;
const TAPS = 2 * REACH + 1;
/** Where centres of pixels lie is the same in both once there is more than one pixel. */
const CENTRED = ['half_pixel', 'pytorch_half_pixel'];

/**
 * Replaces cubic enlargement by a whole factor: each of its factor x factor phases is a fixed filter of 5 x 5
 * pixels, so that a convolution computes what Resize works out anew for every pixel (Pad by the edge, grouped
 * Conv, DepthToSpace).
 */
export function cubicFilterBanks(graph: PassGraph): void {
  for (const node of graph.nodes('Resize')) {
    const [picture = ''] = node.input;
    const factor = wholeFactor(graph, node);
    const channels = factor && channelsOf(graph, picture);
    if (!factor || !channels) continue;
    const bank = filterBank(factor, cubicCoefficient(node), channels);
    graph.replace(node, (editor) => {
      const margin = [0, 0, REACH, REACH];
      const padded = editor.add('Pad', [picture, editor.ints([...margin, ...margin])], { mode: 'edge' });
      const weights = editor.weights(
        'float',
        [channels * factor ** 2, 1, TAPS, TAPS],
        new Uint8Array(bank.buffer),
      );
      const phases = editor.add('Conv', [padded, weights], { kernel_shape: [TAPS, TAPS], group: channels });
      editor.add('DepthToSpace', [phases], { blocksize: factor, mode: 'CRD' }, node.output[0]);
    });
  }
}

/** The factor of a Resize that a filter bank can stand for: the same whole number for rows and columns. */
function wholeFactor(graph: PassGraph, node: NodeProto): number | undefined {
  const mode = attribute(node, 'coordinate_transformation_mode') ?? 'half_pixel';
  if (attribute(node, 'mode') !== 'cubic' || !CENTRED.includes(String(mode))) return undefined;
  // Weights that fall outside of the picture are shared out among the others then.
  if ((attribute(node, 'exclude_outside') ?? 0) !== 0) return undefined;
  const [batch, channels, rows, columns, ...more] = graph.constant(node.input[2])?.values ?? [];
  if (batch !== 1 || channels !== 1 || more.length > 0 || rows === undefined || rows !== columns)
    return undefined;
  return Number.isInteger(rows) && rows >= 2 ? rows : undefined;
}

function cubicCoefficient(node: NodeProto): number {
  const coefficient = attribute(node, 'cubic_coeff_a');
  return typeof coefficient === 'number' ? coefficient : -0.75;
}

/** Filters in DepthToSpace's order CRD: for each channel the phases of the first row, then of the next. */
function filterBank(factor: number, coefficient: number, channels: number): Float32Array {
  const phases = Array.from({ length: factor }, (_, phase) => cubicTaps(phase, factor, coefficient));
  const filters = phases.flatMap((down) =>
    phases.flatMap((across) => down.flatMap((row) => across.map((column) => row * column))),
  );
  return Float32Array.from(Array.from({ length: channels }, () => filters).flat());
}

/** Weights of the pixels from REACH before to REACH behind, for one of the results' places within a pixel. */
function cubicTaps(phase: number, factor: number, coefficient: number): number[] {
  const centre = (phase + 0.5) / factor - 0.5;
  return Array.from({ length: TAPS }, (_, tap) => keys(tap - REACH - centre, coefficient));
}

/** The cubic of R. Keys (https://doi.org/10.1109/TASSP.1981.1163711). */
function keys(distance: number, a: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1;
  return x < 2 ? a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a : 0;
}
