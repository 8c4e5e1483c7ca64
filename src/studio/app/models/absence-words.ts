import type { ModelAbsence } from '../../../client/operations.js';
import type { ModelInfo } from './use-models.js';

const SHORT: Partial<Readonly<Record<ModelAbsence, string>>> = {
  NOT_PREPARED: 'It is not here yet.',
  NOT_FETCHED: 'It is not here.',
  UNREACHABLE: 'It is not here, and its publisher cannot be reached at the moment.',
};

/** Why a model is not there, in a sentence: the service's own where no short one tells it. */
export function absenceWords({ unavailableBecause, unavailableReason }: ModelInfo): string {
  return (unavailableBecause && SHORT[unavailableBecause]) ?? unavailableReason ?? '';
}
