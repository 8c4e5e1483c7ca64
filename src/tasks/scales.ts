import { decodeSize, place } from '../imaging/placement.js';
import type { Size } from '../imaging/picture.js';
import { inputSize, type PreparedModel } from '../registry/prepared-model.js';
import type { AnalysisPlan } from './plan.js';

/**
 * The sizes that an image is decoded to for a plan, each of them once: for each model's input what that model
 * needs, and the whole image where something is drawn on it or cut out of it.
 */
export function scalesOf(displayed: Size, plan: AnalysisPlan): Size[] {
  const sizes = [...plan.classifications, ...plan.roads, ...plan.detections].map(({ model }) =>
    scaleOf(displayed, model),
  );
  const whole =
    plan.roads.some(({ overlays }) => overlays.length > 0) ||
    plan.detections.some(
      (part) => part.annotated.length + part.crops.length + part.classifications.length > 0,
    );
  if (whole) sizes.push(displayed);
  return [...new Map(sizes.map((size) => [`${size.width}x${size.height}`, size])).values()];
}

function scaleOf(displayed: Size, model: PreparedModel): Size {
  return decodeSize(place(model.input.fit, displayed, inputSize(model)), displayed);
}
