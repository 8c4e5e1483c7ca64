import type { Size } from '../imaging/picture.js';
import { analysisCost, type AnalysisResult } from '../tasks/analyze.js';
import { planOf, type AnalysisPlan } from '../tasks/tasks.js';
import { receiveImage, type GivenImage } from './receive-image.js';
import type { ResultContext } from './result-context.js';
import type { Context } from './services.js';

export interface AnalyzedImage {
  /** In the plan's order. */
  readonly outcome: AnalysisResult;
  readonly context: ResultContext;
}

/**
 * Takes an image in, and has all that is asked of it computed in one go by one inference thread.
 * @param plan what to compute
 * @param displayed the size that results are in: the image's own, unless they are wanted in another
 * @throws CodedError those of `receiveImage`, BAD_IMAGE, OVERLOADED
 */
export async function analyzeImage(
  given: GivenImage,
  plan: Partial<AnalysisPlan>,
  context: Context,
  displayed?: Size,
): Promise<AnalyzedImage> {
  const { runner, publisher } = context.services;
  const { bytes, header, receive } = await receiveImage(given, context);
  // Taken first: the bytes are gone from here when they have moved to their thread.
  const size = bytes.byteLength;
  const whole = planOf(plan);
  const { width, height } = header;
  const { result, waited } = await runner.run(
    'analyze',
    { image: bytes, displayed: displayed ?? { width, height }, plan: whole },
    { work: analysisCost(header, whole), signal: context.signal, give: [bytes] },
  );
  return {
    outcome: result,
    context: {
      image: { ...header, bytes: size, sha256: result.sha256 },
      times: { receive, queue: waited },
      publisher,
    },
  };
}
