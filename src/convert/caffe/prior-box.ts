import type { Blob } from './blob.js';
import { layerFault } from './layer-fault.js';
import type { Layer } from './prototxt.js';
import type { LayerConverter } from './layer-context.js';

/**
 * PriorBox: the boxes that SSD corrects, a few around each cell of a feature map
 * (https://arxiv.org/abs/1512.02325, section 2.2). They depend on sizes alone, so they are a constant:
 * 1 x 2 x (4 numbers for each box), first the corners as shares of the picture, then the variances.
 */
export const priorBox: LayerConverter = ({ layer, inputs }): Blob => {
  const { offset, clip } = layer.priorBoxParam;
  const [map, data, ...more] = inputs;
  if (map?.shape.length !== 4 || data?.shape.length !== 4 || more.length > 0) {
    throw layerFault(layer, 'should read a feature map and the picture that it was made of');
  }
  const [, , rows = 0, columns = 0] = map.shape;
  const [, , pictureHeight = 0, pictureWidth = 0] = data.shape;
  const picture = pictureSize(layer, { height: pictureHeight, width: pictureWidth });
  const step = stepSize(layer, { height: picture.height / rows, width: picture.width / columns });
  const sizes = boxSizes(layer);
  const variances = fourVariances(layer);

  const length = rows * columns * sizes.length * 4;
  const values = new Float32Array(length * 2);
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = (column + offset) * step.width;
      const y = (row + offset) * step.height;
      for (const { width, height } of sizes) {
        const corners = [
          (x - width / 2) / picture.width,
          (y - height / 2) / picture.height,
          (x + width / 2) / picture.width,
          (y + height / 2) / picture.height,
        ];
        values.set(clip ? corners.map((share) => Math.min(1, Math.max(0, share))) : corners, at);
        values.set(variances, length + at);
        at += 4;
      }
    }
  }
  return { kind: 'constant', shape: [1, 2, length], values };
};

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The boxes around one cell: a small square, a middle one, and the small one in other proportions. */
function boxSizes(layer: Layer): Size[] {
  const { minSize, maxSize, aspectRatio, flip } = layer.priorBoxParam;
  if (maxSize.length > 0 && maxSize.length !== minSize.length)
    throw layerFault(layer, `has ${minSize.length} min_size and ${maxSize.length} max_size`);
  if (
    minSize.length === 0 ||
    [...minSize, ...maxSize].some((size) => size < 1) ||
    aspectRatio.some((ratio) => ratio <= 0)
  )
    throw layerFault(layer, 'needs a min_size, sizes of at least one pixel and aspect ratios above zero');
  const ratios = [1];
  for (const ratio of aspectRatio) {
    if (ratios.some((known) => Math.abs(known - ratio) < 1e-6)) continue;
    ratios.push(ratio);
    if (flip) ratios.push(1 / ratio);
  }
  return minSize.flatMap((size, index) => {
    // Caffe keeps sizes as whole numbers, and so did the training.
    const small = Math.trunc(size);
    const large = maxSize[index];
    const middle = large === undefined ? [] : [Math.sqrt(small * Math.trunc(large))];
    const squares = [small, ...middle].map((side) => ({ width: side, height: side }));
    const others = ratios.slice(1).map((ratio) => ({
      width: small * Math.sqrt(ratio),
      height: small / Math.sqrt(ratio),
    }));
    return [...squares, ...others];
  });
}

function pictureSize({ priorBoxParam: { imgSize, imgH, imgW } }: Layer, actual: Size): Size {
  if (imgH > 0 && imgW > 0) return { height: imgH, width: imgW };
  return imgSize > 0 ? { height: imgSize, width: imgSize } : actual;
}

function stepSize({ priorBoxParam: { step, stepH, stepW } }: Layer, even: Size): Size {
  if (stepH > 0 && stepW > 0) return { height: stepH, width: stepW };
  return step > 0 ? { height: step, width: step } : even;
}

function fourVariances(layer: Layer): readonly number[] {
  const { variance } = layer.priorBoxParam;
  if (variance.some((value) => value <= 0) || ![0, 1, 4].includes(variance.length))
    throw layerFault(layer, `has variances that are not one or four numbers above zero`);
  if (variance.length === 4) return variance;
  return Array<number>(4).fill(variance[0] ?? 0.1);
}
