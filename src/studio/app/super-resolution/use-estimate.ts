import { use, useEffect } from 'react';
import { EstimateJobDocument, type EstimateJobQuery, type ImageFormat } from '../../../client/operations.js';
import type { ShownPicture } from '../picture/picture.js';
import { answerOf } from '../service/action.js';
import { useAction } from '../service/use-action.js';
import { InFrontContext } from '../app-context.js';

/** What the enlargement of a picture would be; undefined until it is known, and where the service does not say. */
export function useEstimate(
  shown: ShownPicture | undefined,
  format: ImageFormat,
  model: string | undefined,
): EstimateJobQuery['estimateJob'] | undefined {
  const inFront = use(InFrontContext);
  const { action, run } = useAction(EstimateJobDocument);
  const { width, height } = shown ?? {};
  useEffect(() => {
    if (!inFront || width === undefined || height === undefined) return;
    run(
      { width, height, format, ...(model !== undefined && { model }) },
      `${width} ${height} ${model ?? ''}`,
    );
  }, [inFront, width, height, format, model, run]);
  return answerOf(action)?.estimateJob;
}
