import { useEffect } from 'react';
import { LimitsDocument, type LimitsQuery } from '../../../client/operations.js';
import { answerOf } from './action.js';
import { useAction } from './use-action.js';

export type ServiceLimits = LimitsQuery['limits'];

/** What the service accepts; undefined until it has said so, and where it does not. */
export function useLimits(): ServiceLimits | undefined {
  const { action, run } = useAction(LimitsDocument);
  useEffect(() => run({}), [run]);
  return answerOf(action)?.limits;
}
