import { decode } from '../imaging/codec/decode.js';
import { resample } from '../imaging/codec/resample.js';
import { decodeSize, place, resampling, type Placement } from '../imaging/placement.js';
import type { Region, Size } from '../imaging/picture.js';
import { pixelTensor, type Tensor } from '../imaging/tensor.js';
import { inputSize, type PreparedModel } from '../registry/prepared-model.js';
import type { Decoded, Stopwatch } from './stopwatch.js';

/** An image as the tasks see it: its size as displayed, which all results are told in, and its pixels at any scale. */
export interface DecodedImage {
  readonly displayed: Size;
  /**
   * The whole image, decoded to a size. Asking for the same size again gives the same pixels without another decode.
   * @throws CodedError BAD_IMAGE when the file is damaged
   */
  at(size: Size): Promise<Decoded>;
}

/**
 * Opens an image file. It is decoded once for each size that is asked for, and not before.
 * @param displayed its size, from its header
 */
export function openImage(bytes: Uint8Array, displayed: Size): DecodedImage {
  const decoded = new Map<string, Promise<Decoded>>();
  const decodeTo = async (size: Size): Promise<Decoded> => {
    const start = performance.now();
    const picture = await decode(bytes, size);
    return { picture, took: performance.now() - start };
  };
  return {
    displayed,
    at: (size) => {
      const key = `${size.width}x${size.height}`;
      const known = decoded.get(key) ?? decodeTo(size);
      decoded.set(key, known);
      return known;
    },
  };
}

/** A network's input made from a view, and where the image lies in it. */
export interface PlacedInput {
  readonly pixels: Tensor;
  readonly placement: Placement;
}

/**
 * Scales an image into a model's fixed input. What comes of it depends on the image, the model and the region
 * alone: never on what else is computed on the image.
 * @param watch counts the decode and what this takes
 * @param region the part to use, in displayed pixels; all of it when absent
 */
export async function inputOf(
  image: DecodedImage,
  model: PreparedModel,
  watch: Stopwatch,
  region?: Region,
): Promise<PlacedInput> {
  const { fit, pad } = model.input;
  const placement = place(fit, region ?? image.displayed, inputSize(model));
  const size = region ? image.displayed : decodeSize(placement, image.displayed);
  const picture = await watch.decode(image.at(size));
  const pixels = await watch.preprocess(async () =>
    pixelTensor(await resample(picture, resampling(placement, pad, region))),
  );
  return { pixels, placement };
}
