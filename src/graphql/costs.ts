import { COST } from '../service/costs.js';
import { PAGE, type Length } from '../service/ranges.js';

/** How much one operation may cost, in points. A field that is only read costs one; see `COST`. */
export const MAX_COST = 1000;
export const MAX_DEPTH = 12;
/** How many fields one operation may have at its root: each of them is a request of its own. */
export const MAX_ROOT_FIELDS = 10;
/** How many fields one operation may select in all. */
export const MAX_FIELDS = 2000;
/** How many words and signs a query may have: checking one takes longer than in proportion to its length. */
export const MAX_TOKENS = 2000;

/** How many characters a query may have: it is read on the main thread. */
export const MAX_QUERY_LENGTH = 256_000;
/** How large an answer may become, images in base64 apart: it is put together on the main thread. */
export const MAX_ANSWER_BYTES = 2_000_000;

/** How many members a list is taken to have, where the query does not say. */
const TYPICAL_OBJECTS = 8;

interface Estimated {
  readonly childComplexity: number;
  readonly args: Readonly<Record<string, unknown>>;
}

export const perObject = ({ childComplexity }: Estimated) => TYPICAL_OBJECTS * childComplexity;
export const perJob = ({ childComplexity, args }: Estimated) =>
  COST.jobLookup + asked(args['first'], PAGE) * (childComplexity / 4);
export const modelRun = ({ childComplexity }: Estimated) => COST.model + childComplexity;
export const jobRun = ({ childComplexity }: Estimated) => COST.job + childComplexity;
export const imageMade = ({ childComplexity }: Estimated) => COST.image + childComplexity;

/**
 * The length that an argument asks for. One out of its range is refused later on, where its field is answered; until
 * then it must not make anything cheaper than it is, so that it counts as the nearest one within.
 */
export function asked(length: unknown, { range: [min, max], usual }: Length): number {
  return typeof length === 'number' ? Math.min(Math.max(length, min), max) : usual;
}
