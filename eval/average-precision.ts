import type { Region } from '../src/imaging/picture.js';

export interface LabelledBox {
  readonly label: string;
  readonly box: Region;
  /** Too hard to judge: neither a hit nor a miss. */
  readonly difficult: boolean;
}

export interface ScoredBox {
  readonly label: string;
  readonly box: Region;
  readonly score: number;
}

export interface JudgedImage {
  readonly truth: readonly LabelledBox[];
  readonly found: readonly ScoredBox[];
}

const ENOUGH_OVERLAP = 0.5;

/** What was found of one class, each with its score and whether there is such an object, the surest first. */
export interface Judgement {
  readonly found: readonly { readonly score: number; readonly isHit: boolean }[];
  /** Objects that there are. */
  readonly total: number;
}

/** Judges what was found of one class at IoU 0.5: greedy matching by falling score, difficult objects left out. */
export function judge(images: readonly JudgedImage[], label: string): Judgement {
  const truths = images.map(({ truth }) =>
    truth.filter((object) => object.label === label).map((object) => ({ ...object, taken: false })),
  );
  const total = truths.flat().filter(({ difficult }) => !difficult).length;
  const candidates = images
    .flatMap(({ found }, image) =>
      found.filter((object) => object.label === label).map((object) => ({ ...object, image })),
    )
    .sort((a, b) => b.score - a.score);

  const found: { score: number; isHit: boolean }[] = [];
  for (const { box, image, score } of candidates) {
    const rivals = (truths[image] ?? []).map((object) => ({ object, overlap: iou(box, object.box) }));
    const best = rivals.reduce<(typeof rivals)[number] | undefined>(
      (a, b) => (a && a.overlap >= b.overlap ? a : b),
      undefined,
    );
    const matched = best && best.overlap >= ENOUGH_OVERLAP ? best.object : undefined;
    if (matched?.difficult) continue;
    found.push({ score, isHit: matched?.taken === false });
    if (matched) matched.taken = true;
  }
  return { found, total };
}

/**
 * Average precision of one class: area under the whole precision-recall curve with precision made monotone (as
 * PASCAL VOC does since 2010).
 * @returns NaN when no image holds the class
 */
export function averagePrecision({ found, total }: Judgement): number {
  if (total === 0) return Number.NaN;
  const curve: { recall: number; precision: number }[] = [];
  let hits = 0;
  for (const [index, { isHit }] of found.entries()) {
    if (isHit) hits += 1;
    curve.push({ recall: hits / total, precision: hits / (index + 1) });
  }
  let area = 0;
  let ceiling = 0;
  for (let index = curve.length - 1; index >= 0; index -= 1) {
    const { recall, precision } = curve[index] ?? { recall: 0, precision: 0 };
    ceiling = Math.max(ceiling, precision);
    area += ceiling * (recall - (curve[index - 1]?.recall ?? 0));
  }
  return area;
}

function iou(a: Region, b: Region): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}
