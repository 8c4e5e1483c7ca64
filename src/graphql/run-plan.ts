import type { Served } from '../inference/lane.js';
import { analysisWork } from '../tasks/analyze.js';
import type { Size } from '../imaging/picture.js';
import type { AnalysisOutcome } from '../tasks/analyze.js';
import { planOf, type AnalysisPlan } from '../tasks/tasks.js';
import type { ReceivedImage } from './image-source.js';
import type { Context } from './services.js';

/**
 * Has an inference thread carry out a plan on an image, whose bytes move there.
 * @param displayed the size that results are in: the image's own, unless they are wanted in another
 * @throws CodedError BAD_IMAGE, OVERLOADED
 */
export function runPlan(
  { bytes, header }: ReceivedImage,
  plan: Partial<AnalysisPlan>,
  { services, signal }: Pick<Context, 'services' | 'signal'>,
  displayed: Size = { width: header.width, height: header.height },
): Promise<Served<AnalysisOutcome>> {
  const whole = planOf(plan);
  return services.runner.run(
    'analyze',
    { image: bytes, displayed, plan: whole },
    { work: analysisWork(header, whole), signal, give: [bytes] },
  );
}
