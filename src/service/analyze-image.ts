import type { Size } from '../imaging/picture.js';
import { analysisCost, type AnalysisResult } from '../tasks/analyze.js';
import type { StageTimes } from '../tasks/stopwatch.js';
import { ANALYSIS_TASKS, planOf, type AnalysisPlan } from '../tasks/tasks.js';
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
  const { runner, publisher, onStages } = context.services;
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
  const times = { receive, queue: waited };
  tellStages(whole, result, (model, stages) => onStages?.(model, { ...times, ...stages }));
  return {
    outcome: result,
    context: {
      image: { ...header, bytes: size, sha256: result.sha256 },
      times,
      publisher,
    },
  };
}

/** Results are in the plan's order. */
function tellStages(
  plan: AnalysisPlan,
  result: AnalysisResult,
  tell: (model: string, times: StageTimes) => void,
): void {
  for (const task of ANALYSIS_TASKS) {
    for (const [index, { times }] of result[task].entries()) {
      const { model } = plan[task][index] ?? {};
      if (model) tell(model.id, times);
    }
  }
}
