import { useEffect } from 'react';
import { ModelDocument, type Task } from '../../../client/operations.js';
import { answerOf } from '../service/action.js';
import { useAction } from '../service/use-action.js';
import type { ViewId } from '../views.js';
import { useApp } from '../app-context.js';

/** The task whose labels tell what a view has an answer to. */
const LABELLED: Partial<Readonly<Record<ViewId, Task>>> = {
  classify: 'CLASSIFY',
  detect: 'DETECT_OBJECTS',
  analyze: 'DETECT_OBJECTS',
};

/**
 * What the default model of a view knows.
 * @returns undefined where that is no matter of labels, or cannot be found out
 */
export function useKnownLabels(view: ViewId): readonly string[] | undefined | 'unknown yet' {
  const { models, areModelsKnown } = useApp();
  const { action, run } = useAction(ModelDocument);
  const task = LABELLED[view];
  const id = models.find((model) => model.task === task && model.isDefault)?.id;
  useEffect(() => {
    if (id !== undefined) run({ id }, id);
  }, [id, run]);
  if (task === undefined || action.state === 'failed') return undefined;
  if (id === undefined) return areModelsKnown ? undefined : 'unknown yet';
  const answer = answerOf(action);
  return answer === undefined ? 'unknown yet' : answer.model?.labels;
}
