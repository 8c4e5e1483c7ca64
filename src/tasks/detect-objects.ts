import { BAKED } from '../convert/bake/names.js';
import { parserFor } from '../convert/parsers/parsers.js';
import { encode } from '../imaging/codec/encode.js';
import { resample } from '../imaging/codec/resample.js';
import { colourOf } from '../imaging/colour.js';
import { copyOf, outline, plate } from '../imaging/draw.js';
import { GLYPH } from '../imaging/glyphs.js';
import { fromInput, wholePixels } from '../imaging/placement.js';
import type { EncodedImage, Picture, Region } from '../imaging/picture.js';
import type { Network } from '../imaging/tensor.js';
import type { PreparedModel } from '../registry/prepared-model.js';
import { classify } from './classify.js';
import type { DetectionOutcome, DetectionPlan, FoundObject, ImageOrder } from './plan.js';
import { Stopwatch } from './stopwatch.js';
import { inputOf, type View } from './view.js';

type Candidate = Pick<FoundObject, 'classIndex' | 'score' | 'box'>;

/** Finds objects, and makes of each what the plan asks for. */
export async function detectObjects(
  view: View,
  network: Network,
  plan: DetectionPlan,
  load: (model: PreparedModel) => Promise<Network>,
): Promise<DetectionOutcome> {
  const watch = new Stopwatch();
  const input = await inputOf(view, plan.model, watch);
  const parser = parserFor('DETECT_OBJECTS', plan.model.output);
  const outputs = await watch.run(network, { [BAKED.pixels]: input.pixels, ...parser.feeds(plan) });
  const candidates = parser
    .decode(outputs)
    .map(({ corners, ...found }) => ({ ...found, box: fromInput(corners, input.placement, view.displayed) }))
    .filter(({ box }) => box.width > 0 && box.height > 0)
    .filter(({ classIndex }) => plan.classes?.includes(classIndex) ?? true)
    .sort((a, b) => b.score - a.score)
    .slice(0, plan.maxObjects);

  // One after the other: an object's crop is small, and memory stays that of one.
  const objects: FoundObject[] = [];
  for (const candidate of candidates) objects.push(await finish(candidate, view, plan, watch, load));
  const annotated = await Promise.all(
    plan.annotated.map(async ({ key, ...wanted }) => {
      const picture = await watch.decode(view.at(view.displayed));
      return [key, await annotate(picture, candidates, plan.labels, wanted)] as const;
    }),
  );
  return { objects, annotated: Object.fromEntries(annotated), times: watch.times };
}

async function finish(
  candidate: Candidate,
  view: View,
  plan: DetectionPlan,
  watch: Stopwatch,
  load: (model: PreparedModel) => Promise<Network>,
): Promise<FoundObject> {
  const region = wholePixels(candidate.box, view.displayed);
  const crops: Record<string, EncodedImage> = {};
  for (const { key, format } of plan.crops) {
    crops[key] = await crop(await watch.decode(view.at(view.displayed)), region, format);
  }
  const classifications: Record<string, FoundObject['classifications'][string]> = {};
  for (const { key, ...wanted } of plan.classifications) {
    classifications[key] = await classify(view, await load(wanted.model), wanted, region);
  }
  return { ...candidate, crops, classifications };
}

async function crop(picture: Picture, region: Region, format: ImageOrder['format']): Promise<EncodedImage> {
  const { width, height } = region;
  const frame = { left: 0, top: 0, width, height };
  return encode(await resample(picture, { from: region, scaled: { width, height }, frame, pad: 0 }), format);
}

/** Draws boxes and labels on the image, the strongest last and so on top, in a size that suits the image's. */
function annotate(
  picture: Picture,
  objects: readonly Candidate[],
  labels: readonly string[],
  { format, channels }: Omit<DetectionPlan['annotated'][number], 'key'>,
): Promise<EncodedImage> {
  const drawing = copyOf(picture);
  const scale = Math.max(1, Math.round(Math.min(picture.width, picture.height) / 240));
  for (const { classIndex, score, box } of [...objects].reverse()) {
    const region = wholePixels(box, picture);
    const colour = colourOf(classIndex);
    outline(drawing, region, colour, scale);
    const text = `${labels[classIndex] ?? classIndex} ${Math.round(score * 100)}%`;
    plate(drawing, text, { left: region.left, top: region.top - (GLYPH.height + 2) * scale }, colour, scale);
  }
  return encode(drawing, format, channels);
}
