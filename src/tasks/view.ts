import { resample } from '../imaging/codec/resample.js';
import { place, resampling, wholePixels, type Placement } from '../imaging/placement.js';
import { pixelTensor, type Tensor } from '../imaging/tensor.js';
import type { Picture, Region, Size } from '../imaging/picture.js';
import { inputSize, type PreparedModel } from '../registry/prepared-model.js';

/**
 * An image that was decoded once: its pixels, perhaps at a reduced size, and the size as displayed that all
 * results are told in.
 */
export interface View {
  readonly picture: Picture;
  readonly displayed: Size;
}

/** A network's input made from a view, and where the image lies in it. */
export interface PlacedInput {
  readonly pixels: Tensor;
  readonly placement: Placement;
}

/**
 * Scales a view into a model's fixed input.
 * @param region the part to use, in displayed pixels; all of it when absent
 */
export async function inputOf(view: View, model: PreparedModel, region?: Region): Promise<PlacedInput> {
  const { fit, pad } = model.input;
  const placement = place(fit, region ?? view.displayed, inputSize(model));
  const from = region && withinPicture(region, view);
  return { pixels: pixelTensor(await resample(view.picture, resampling(placement, pad, from))), placement };
}

/** Takes a region from displayed pixels to those of the decoded picture. */
function withinPicture(region: Region, { picture, displayed }: View): Region {
  const across = picture.width / displayed.width;
  const down = picture.height / displayed.height;
  return wholePixels(
    {
      left: region.left * across,
      top: region.top * down,
      width: region.width * across,
      height: region.height * down,
    },
    picture,
  );
}
