import { decode, decodeSmall } from '../imaging/codec/decode.js';
import { decodeSize, place, resampling, type Placement } from '../imaging/placement.js';
import type { Picture, Region, Size } from '../imaging/picture.js';
import { resample } from '../imaging/resample.js';
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
  /**
   * The whole image for a network, decoded to any size that is enough for a placement, the cheapest one.
   * @throws CodedError BAD_IMAGE when the file is damaged
   */
  enoughFor(placement: Placement): Promise<Decoded>;
}

/**
 * Opens an image file. It is decoded once for each size that is asked for, and not before.
 * @param displayed its size, from its header
 */
export function openImage(bytes: Uint8Array, displayed: Size): DecodedImage {
  const decoded = new Map<string, Promise<Decoded>>();
  const at = (size: Size): Promise<Decoded> => {
    const key = `${size.width}x${size.height}`;
    const known = decoded.get(key) ?? timed(() => decode(bytes, size));
    decoded.set(key, known);
    return known;
  };
  /** One for all networks. */
  let small: Promise<Decoded<Picture | undefined>> | undefined;
  return {
    displayed,
    at,
    enoughFor: async (placement) => {
      small ??= timed(() => decodeSmall(bytes));
      const { picture, took } = await small;
      return picture ? { picture, took } : at(decodeSize(placement, displayed));
    },
  };
}

async function timed<T>(decoding: () => Promise<T>): Promise<Decoded<T>> {
  const start = performance.now();
  const picture = await decoding();
  return { picture, took: performance.now() - start };
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
  const picture = await watch.decode(region ? image.at(image.displayed) : image.enoughFor(placement));
  const pixels = await watch.preprocess(() =>
    Promise.resolve(pixelTensor(resample(picture, resampling(placement, pad, region)))),
  );
  return { pixels, placement };
}
