import { decodeSize, place } from '../imaging/placement.js';
import type { Size } from '../imaging/picture.js';
import { isSmall } from '../imaging/small.js';
import { inputSize, type PreparedModel } from '../registry/prepared-model.js';
import { ANALYSIS_TASKS, analysisTask, type AnalysisPlan } from './tasks.js';

/**
 * The sizes that an image is decoded to for a plan, each of them once: for each model's input what that model
 * needs, and the whole image where something is drawn on it or cut out of it.
 */
export function scalesOf(displayed: Size, plan: AnalysisPlan): Size[] {
  const sizes = ANALYSIS_TASKS.flatMap((task) => plan[task].map(({ model }) => scaleOf(displayed, model)));
  const whole = ANALYSIS_TASKS.some((task) =>
    plan[task].some((part) => analysisTask(task).needsWholeImage(part)),
  );
  const own = new Map(sizes.map((size) => [`${size.width}x${size.height}`, size]));
  const isThere = own.has(`${displayed.width}x${displayed.height}`);
  // Of a small JPEG, networks and people see decodes of their own; see decodeSmall.
  return [...own.values(), ...(whole && (!isThere || isSmall(displayed)) ? [displayed] : [])];
}

function scaleOf(displayed: Size, model: PreparedModel): Size {
  return decodeSize(place(model.input.fit, displayed, inputSize(model)), displayed);
}
