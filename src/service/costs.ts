/** What work adds to the cost of an operation, in points of about a millisecond of one core. */
export const COST = {
  model: 50,
  job: 100,
  jobLookup: 5,
  image: 25,
  base64: 10,
} as const;
