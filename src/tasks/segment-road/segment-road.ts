import { BAKED } from '../../convert/bake/names.js';
import { parserFor } from '../../convert/parsers/parsers.js';
import { countClasses, enlargeClasses } from '../../imaging/class-map.js';
import { encode, encodeMap } from '../../imaging/codec/encode.js';
import { blend, copyOf } from '../../imaging/draw.js';
import { pixelsOf, type EncodedImage, type Picture, type Size } from '../../imaging/picture.js';
import { ROAD_CLASSES, ROAD_COLOURS } from '../../imaging/road-classes.js';
import type { Network } from '../../imaging/tensor.js';
import { outputFor } from '../../registry/prepared-model.js';
import { encodeCost } from '../cost-estimate.js';
import { Stopwatch, type StageTimes } from '../stopwatch.js';
import type { AnalysisTask, ImageRequest, Images, ModelPlan } from '../task.js';
import { inputOf, type DecodedImage } from '../decoded-image.js';

export interface RoadPlan extends ModelPlan {
  readonly masks: readonly ImageRequest[];
  readonly overlays: readonly (ImageRequest & { readonly opacity: number })[];
}

export interface RoadResult {
  /** Pixels of the image as displayed, for each class that the model knows; class numbers as in ROAD_CLASSES. */
  readonly areas: readonly { readonly class: number; readonly pixels: number }[];
  readonly masks: Images;
  readonly overlays: Images;
  readonly times: StageTimes;
}

/**
 * The most pixels that the network's scores are interpolated to. A larger picture's mask is enlarged from
 * there: it stays several times finer than the network's own output, and the scores of a 50-megapixel photo
 * would take 600 MB.
 */
const MAP_PIXELS = 1 << 20;

/** Tells road, curbs and lane marks from the rest, for every pixel of the image as displayed. */
export async function segmentRoad(
  image: DecodedImage,
  network: Network,
  plan: RoadPlan,
): Promise<RoadResult> {
  const { displayed } = image;
  const watch = new Stopwatch();
  const { pixels } = await inputOf(image, plan.model, watch);
  const parser = parserFor('SEGMENT_ROAD', plan.model.output);
  const outputs = await watch.run(network, { [BAKED.pixels]: pixels, ...parser.feeds(mapSize(displayed)) });
  const { map, known } = parser.decode(outputs, outputFor('SEGMENT_ROAD', plan.model));

  const counts = countClasses(map, displayed, ROAD_CLASSES.length);
  const wanted = plan.masks.length > 0 || plan.overlays.length > 0;
  const mask = wanted ? enlargeClasses(map, displayed) : map;
  const masks = await Promise.all(
    plan.masks.map(async ({ key, format }) => [key, await encodeMap(mask, format)] as const),
  );
  const overlays = await Promise.all(
    plan.overlays.map(
      async ({ key, format, opacity }) =>
        [key, await overlay(await watch.decode(image.at(displayed)), mask, opacity, format)] as const,
    ),
  );
  return {
    areas: known.map((index) => ({ class: index, pixels: counts[index] ?? 0 })),
    masks: Object.fromEntries(masks),
    overlays: Object.fromEntries(overlays),
    times: watch.times,
  };
}

function overlay(
  picture: Picture,
  mask: Picture,
  opacity: number,
  format: EncodedImage['format'],
): Promise<EncodedImage> {
  const painted = copyOf(picture);
  blend(painted, mask.pixels, ROAD_COLOURS, opacity);
  return encode(painted, format);
}

function mapSize(displayed: Size): Size {
  const shrink = Math.min(1, Math.sqrt(MAP_PIXELS / pixelsOf(displayed)));
  return {
    width: Math.max(1, Math.round(displayed.width * shrink)),
    height: Math.max(1, Math.round(displayed.height * shrink)),
  };
}

export const roadSegmentation = {
  description: 'Says which pixels are road.',
  run: segmentRoad,
  cost: ({ model, masks, overlays }: RoadPlan, displayed: Size) =>
    model.cost.run + encodeCost(displayed) * (masks.length + overlays.length),
  needsWholeImage: ({ overlays }: RoadPlan) => overlays.length > 0,
} satisfies AnalysisTask<RoadPlan, RoadResult>;
