import { ConversionError } from '../conversion-error.js';
import type { Shape } from '../onnx/graph-editor.js';
import { describe, type Layer } from './layer.js';

const RANK = 4;

/**
 * Which dimensions of images are height and width, by the layout that the IR gives its parameters.
 * @throws ConversionError when it gives none, or not the same to all
 */
export function openAxes(layers: readonly Layer[]): number[] {
  const layouts = layers
    .filter(({ type, outputs }) => type === 'Parameter' && outputs[0]?.dims.length === RANK)
    .map((layer) => {
      const layout = layer.outputs[0]?.layout ?? '';
      if (layout.length === RANK && layout.includes('H') && layout.includes('W')) return layout;
      throw new ConversionError(
        `The ${describe(layer)} does not say which of its dimensions are height and width, so its size cannot be left open`,
      );
    });
  const [first, ...others] = new Set(layouts);
  if (first === undefined || others.length > 0) {
    throw new ConversionError(
      'Sizes can be left open only where a network has images as inputs, all in the same layout',
    );
  }
  return [first.indexOf('H'), first.indexOf('W')].sort((a, b) => a - b);
}

/**
 * The shape of an input or output, with names for the dimensions that are open in the IR (-1) or opened.
 * @param axes as `openAxes` gives them: images, values of four dimensions, are opened there
 */
export function openedShape(name: string, dims: readonly number[], axes: readonly number[]): Shape {
  const opened = dims.length === RANK ? axes : [];
  return dims.map((size, axis) => (size < 0 || opened.includes(axis) ? `${name}_${axis}` : size));
}
