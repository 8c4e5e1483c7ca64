/** Layers that only arrange numbers anew. */
import type { Blob } from './blob.js';
import { layerFault } from './layer-fault.js';
import { count, spelled, type BlobSizes } from './shape.js';
import { axisIn, onlyInput, type LayerContext } from './layer-context.js';

/** Permute: axes that are not named keep their order behind those that are. */
export function permute(context: LayerContext): Blob {
  const { layer, graph } = context;
  const input = onlyInput(context);
  const named = layer.permuteParam.order;
  const perm = [...named, ...[...input.shape.keys()].filter((axis) => !named.includes(axis))];
  if (perm.length !== input.shape.length || new Set(perm).size !== perm.length) {
    throw layerFault(layer, `cannot order the axes of ${spelled(input.shape)} as ${named.join(', ')}`);
  }
  const shape = perm.map((axis) => input.shape[axis] ?? 0);
  return { kind: 'computed', shape, name: graph.editor.add('Transpose', [graph.nameOf(input)], { perm }) };
}

/** Flatten: a run of axes becomes one. */
export function flatten(context: LayerContext): Blob {
  const { layer } = context;
  const input = onlyInput(context);
  const first = axisIn(layer, layer.flattenParam.axis, input);
  const last = axisIn(layer, layer.flattenParam.endAxis, input);
  if (last < first) throw layerFault(layer, `cannot flatten axes ${first} to ${last}`);
  const { shape } = input;
  return reshaped(context, input, [
    ...shape.slice(0, first),
    count(shape.slice(first, last + 1)),
    ...shape.slice(last + 1),
  ]);
}

/** Reshape: 0 keeps a size, -1 takes what is left; `axis` and `num_axes` limit it to some of the axes. */
export function reshape(context: LayerContext): Blob {
  const { layer } = context;
  const input = onlyInput(context);
  const { shape: wanted, axis, numAxes } = layer.reshapeParam;
  const rank = input.shape.length;
  const first = axis < 0 ? axis + rank + 1 : axis;
  const end = numAxes < 0 ? rank : first + numAxes;
  const before = input.shape.slice(0, first);
  const behind = input.shape.slice(end);
  const replaced = input.shape.slice(first, end);
  const sizes = wanted.dim.map((size, index) => (size === 0 ? (replaced[index] ?? 0) : size));
  const rest = count(replaced) / count(sizes.filter((size) => size !== -1));
  const shape = [...before, ...sizes.map((size) => (size === -1 ? rest : size)), ...behind];
  const possible = shape.every((size) => Number.isInteger(size) && size > 0) && first >= 0 && end <= rank;
  if (!possible || count(shape) !== count(input.shape)) {
    throw layerFault(layer, `cannot make ${spelled(wanted.dim)} of ${spelled(input.shape)}`);
  }
  return reshaped(context, input, shape);
}

/** Concat along one axis. */
export function concat({ layer, inputs, graph }: LayerContext): Blob {
  const [first, ...more] = inputs;
  if (!first) throw layerFault(layer, 'reads nothing');
  const { axis: wanted, concatDim } = layer.concatParam;
  const axis = axisIn(layer, concatDim === 1 ? wanted : concatDim, first);
  const outside = ({ shape }: Blob) => spelled(shape.with(axis, 1));
  const odd = more.find(
    (blob) => blob.shape.length !== first.shape.length || outside(blob) !== outside(first),
  );
  if (odd) {
    throw layerFault(
      layer,
      `cannot join ${spelled(odd.shape)} to ${spelled(first.shape)} along axis ${axis}`,
    );
  }
  const shape = first.shape.with(
    axis,
    inputs.reduce((sum, blob) => sum + (blob.shape[axis] ?? 0), 0),
  );
  const values = joined(inputs, axis);
  if (values) return { kind: 'constant', shape, values };
  const names = inputs.map((blob) => graph.nameOf(blob));
  return { kind: 'computed', shape, name: graph.editor.add('Concat', names, { axis }) };
}

/** The join of blobs that are all known, so that it stays known; null otherwise. */
function joined(blobs: readonly Blob[], axis: number): Float32Array | null {
  const known = blobs.filter((blob) => blob.kind === 'constant');
  if (known.length < blobs.length) return null;
  const values = new Float32Array(known.reduce((sum, blob) => sum + blob.values.length, 0));
  const rows = count(known[0]?.shape.slice(0, axis) ?? []);
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    for (const blob of known) {
      const length = blob.values.length / rows;
      values.set(blob.values.subarray(row * length, (row + 1) * length), at);
      at += length;
    }
  }
  return values;
}

function reshaped({ graph }: LayerContext, input: Blob, shape: BlobSizes): Blob {
  if (input.kind === 'constant') return { ...input, shape };
  const { editor } = graph;
  return { kind: 'computed', shape, name: editor.add('Reshape', [graph.nameOf(input), editor.ints(shape)]) };
}
