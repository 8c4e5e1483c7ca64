import { consumersOf } from './ir-order.js';
import type { Layer, Source } from './layer.js';

const CONVOLUTIONS = ['Convolution', 'GroupConvolution'];
const CHANNEL_AXIS = 1;

/**
 * An IR has no convolution with a bias: it adds a constant behind it. Here the two become one layer, so that
 * the runtime has one kernel to run, and an 8-bit convolution an integer bias.
 * @param layers in the order of `IrDocument`
 */
export function fuseBias(layers: readonly Layer[]): Layer[] {
  const byId = new Map(layers.map((layer) => [layer.id, layer]));
  const consumers = consumersOf(layers);
  const swallowed = new Set<string>();

  const fused = layers.map((layer) => {
    const [first, second, ...more] = layer.inputs;
    if (layer.type !== 'Add' || !first || !second || more.length > 0) return layer;
    for (const [source, bias] of [
      [first, second],
      [second, first],
    ] as const) {
      const convolution = byId.get(source.layer);
      if (!convolution || !CONVOLUTIONS.includes(convolution.type)) continue;
      if (consumers.get(convolution.id)?.length !== 1 || !isBiasOf(convolution, bias, byId)) continue;
      swallowed.add(convolution.id);
      const { id, name, outputs } = layer;
      return { ...convolution, id, name, outputs, bias };
    }
    return layer;
  });
  return fused.filter(({ id }) => !swallowed.has(id));
}

/** One constant value for each channel: 1 x channels x 1 x ... */
function isBiasOf(convolution: Layer, bias: Source, byId: ReadonlyMap<string, Layer>): boolean {
  let layer = byId.get(bias.layer);
  const dims = layer?.outputs.find(({ port }) => port === bias.port)?.dims;
  while (layer?.type === 'Convert' && layer.inputs[0]) layer = byId.get(layer.inputs[0].layer);
  const shape = convolution.outputs[0]?.dims;
  if (layer?.type !== 'Const' || !dims || dims.length !== shape?.length) return false;
  return dims.every((size, axis) => size === (axis === CHANNEL_AXIS ? shape[axis] : 1));
}
