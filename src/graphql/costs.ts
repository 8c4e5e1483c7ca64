/**
 * What a field adds to a query's cost, in points of about a millisecond of one core. A field that is only read
 * costs one point; an operation may cost at most MAX_COST.
 */
export const MAX_COST = 1000;
export const MAX_DEPTH = 12;
/** How many fields one operation may have at its root: each of them is a request of its own. */
export const MAX_ROOT_FIELDS = 10;
/** How many fields one operation may select in all. */
export const MAX_FIELDS = 2000;
/** How many words and signs a query may have: checking one takes longer than in proportion to its length. */
export const MAX_TOKENS = 2000;

export const COST = {
  model: 50,
  job: 100,
  jobLookup: 5,
  image: 25,
  base64: 10,
} as const;

/** How many members a list is taken to have, where the query does not say. */
const TYPICAL_OBJECTS = 8;

interface Estimated {
  readonly childComplexity: number;
  readonly args: { readonly first?: number };
}

export const perObject = ({ childComplexity }: Estimated) => TYPICAL_OBJECTS * childComplexity;
export const perJob = ({ childComplexity, args }: Estimated) =>
  COST.jobLookup + (args.first ?? 20) * (childComplexity / 4);
export const modelRun = ({ childComplexity }: Estimated) => COST.model + childComplexity;
export const jobRun = ({ childComplexity }: Estimated) => COST.job + childComplexity;
export const imageMade = ({ childComplexity }: Estimated) => COST.image + childComplexity;
