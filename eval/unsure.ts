/** The first answer about a photo: its score, and whether it is right. */
export interface FirstAnswer {
  readonly score: number;
  readonly isRight: boolean;
}

/**
 * The score below which a first answer is more often wrong than right: where the isotonic regression of being right
 * on the score (pool adjacent violators: precision never falls as scores rise) reaches a half.
 * @returns two decimals; 0 where answers are right more often than not at any score, 1 where at none
 */
export function unsureBelow(answers: readonly FirstAnswer[]): number {
  const pools: { right: number; count: number; from: number }[] = [];
  for (const { score, isRight } of answers.toSorted((a, b) => a.score - b.score)) {
    pools.push({ right: Number(isRight), count: 1, from: score });
    for (;;) {
      const [before, last] = pools.slice(-2);
      if (!before || !last || before.right / before.count < last.right / last.count) break;
      pools.splice(-2, 2, {
        right: before.right + last.right,
        count: before.count + last.count,
        from: before.from,
      });
    }
  }
  const sure = pools.findIndex(({ right, count }) => right / count >= 0.5);
  if (sure < 0) return 1;
  return sure === 0 ? 0 : Math.round((pools[sure]?.from ?? 1) * 100) / 100;
}
