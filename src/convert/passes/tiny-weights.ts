import { ELEMENT, type TensorProto } from '../onnx/messages.js';
import type { PassGraph } from './graph.js';

/**
 * Far below what changes a sum of single precision, and above the denormal numbers (1.2e-38) that a product with
 * a small value becomes. A core takes many times longer for those.
 */
const TINY = 1e-20;

/** Makes weights zero that are next to nothing: training leaves them in channels that it switched off. */
export function zeroTinyWeights({ graph }: PassGraph): void {
  const inConstants = graph.node
    .filter(({ op_type: operator }) => operator === 'Constant')
    .flatMap(({ attribute = [] }) => attribute.flatMap(({ t }) => (t ? [t] : [])));
  // The smallest half is 6e-8: only floats reach so far down.
  for (const tensor of [...graph.initializer, ...inConstants])
    if (tensor.data_type === ELEMENT.float) zeroTiny(tensor);
}

function zeroTiny(tensor: TensorProto): void {
  const isTiny = (value: number) => value !== 0 && Math.abs(value) < TINY;
  if (tensor.float_data) tensor.float_data = tensor.float_data.map((value) => (isTiny(value) ? 0 : value));
  if (!tensor.raw_data) return;
  // The file's bytes are the caller's.
  const raw = new Uint8Array(tensor.raw_data);
  const values = new Float32Array(raw.buffer);
  tensor.raw_data = raw;
  for (let at = 0; at < values.length; at += 1) if (isTiny(values[at] ?? 0)) values[at] = 0;
}
