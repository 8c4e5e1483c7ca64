import { percent, shortName } from '../ui/words.js';

export interface Score {
  readonly name: string;
  /** 0..1 */
  readonly score: number;
}

/** Whether the first label is more often wrong than right. */
export function isUnsure([best]: readonly Score[], unsureBelow: number | null | undefined): boolean {
  return best !== undefined && unsureBelow != null && best.score < unsureBelow;
}

/** The answer of a classifier in a sentence, no surer than it is. */
export function classWords(labels: readonly Score[], unsureBelow: number | null | undefined): string {
  const [best] = labels;
  if (!best) return 'No class';
  const name = `${shortName(best.name)}, ${percent(best.score)}`;
  return isUnsure(labels, unsureBelow) ? `Not sure. Closest: ${name}` : `It is ${name}`;
}
