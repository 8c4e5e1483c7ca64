import { describe, expect, it } from 'vitest';
import { analysisCost } from '../../src/tasks/analyze.js';
import { decodeCost, encodeCost, tileCost } from '../../src/tasks/cost-estimate.js';
import type { PreparedModel } from '../../src/registry/prepared-model.js';
import type { AnalysisPlan } from '../../src/tasks/tasks.js';
import { modelOf } from '../tasks/colour-networks.js';
import { classification, detection, plan, road } from '../tasks/plans.js';

const SMALL = { width: 100, height: 100 };
const LARGE = { width: 4000, height: 3000 };
const SIZE = { width: 64, height: 64 };
const ORDER = [{ key: 'a', format: 'PNG' }] as const;

const costing = (run: number): PreparedModel => ({
  ...modelOf({ parser: 'softmax-top-k', logits: false }, SIZE, 'cover'),
  cost: { run, megapixel: 1000 },
});

/** Of a picture that is drawn on the whole image, which the network alone does not need. */
const decodeAndEncode = (size: typeof SMALL) => decodeCost(size) + encodeCost(size);

describe('the estimated work', () => {
  it('of an image grows with its pixels and is never nothing', () => {
    for (const estimate of [
      decodeCost,
      encodeCost,
      (size: typeof SMALL) => tileCost(costing(1), size, false),
    ]) {
      expect(estimate({ width: 1, height: 1 })).toBeGreaterThan(0);
      expect(estimate(LARGE) / estimate(SMALL)).toBeGreaterThan(20);
    }
  });

  it('of a megapixel is what a modest core takes for it, in milliseconds', () => {
    const megapixel = { width: 1000, height: 1000 };
    expect(decodeCost(megapixel)).toBeCloseTo(13);
    expect(encodeCost(megapixel)).toBeCloseTo(26);
    expect(tileCost(costing(1), megapixel, false)).toBeCloseTo(1001);
  });

  it('of a tile with an alpha channel is that of two runs', () => {
    const [transparent, opaque] = [true, false].map((alpha) => tileCost(costing(1), LARGE, alpha) - 1);

    expect(transparent).toBeCloseTo(2 * (opaque ?? NaN));
  });

  it('of a plan contains every run of every model', () => {
    const [cheap, dear] = [costing(10), costing(100)];
    const all = plan({
      CLASSIFY: [classification(cheap), classification(dear)],
      SEGMENT_ROAD: [road(dear)],
      DETECT_OBJECTS: [detection(cheap)],
    });

    expect(analysisCost(SMALL, all) - analysisCost(SMALL, plan({}))).toBeCloseTo(220);
  });

  it.each([
    [
      'a mask',
      plan({ SEGMENT_ROAD: [road(costing(10), { masks: ORDER })] }),
      plan({ SEGMENT_ROAD: [road(costing(10))] }),
      encodeCost,
    ],
    [
      'an overlay',
      plan({ SEGMENT_ROAD: [road(costing(10), { overlays: [{ ...ORDER[0], opacity: 1 }] })] }),
      plan({ SEGMENT_ROAD: [road(costing(10))] }),
      decodeAndEncode,
    ],
    [
      'an annotated picture',
      plan({ DETECT_OBJECTS: [detection(costing(10), { annotated: ORDER })] }),
      plan({ DETECT_OBJECTS: [detection(costing(10))] }),
      decodeAndEncode,
    ],
  ] satisfies [string, AnalysisPlan, AnalysisPlan, (size: typeof SMALL) => number][])(
    'of a plan grows with %s, as large as the image',
    (_, more, less, work) => {
      const extra = (size: typeof SMALL) => analysisCost(size, more) - analysisCost(size, less);

      expect(extra(LARGE)).toBeCloseTo(work(LARGE));
      expect(extra(SMALL)).toBeCloseTo(work(SMALL));
    },
  );

  it('of a plan contains a decode for each scale, and one for a plan of nothing', () => {
    const narrow = costing(0);
    const wide = { ...narrow, input: { ...narrow.input, size: { width: 96, height: 32 } } };
    const decodes = (...models: PreparedModel[]) =>
      analysisCost(LARGE, plan({ CLASSIFY: models.map((model) => classification(model)) })) /
      decodeCost(LARGE);

    expect([decodes(), decodes(narrow), decodes(narrow, narrow), decodes(narrow, wide)]).toEqual([
      1, 1, 1, 2,
    ]);
  });

  it('of a plan that classifies each object allows for several', () => {
    const each = { key: 'a', ...classification(costing(10)) };
    const more = plan({ DETECT_OBJECTS: [detection(costing(1), { classifications: [each] })] });
    const less = plan({ DETECT_OBJECTS: [detection(costing(1))] });

    expect(analysisCost(SMALL, more) - analysisCost(SMALL, less)).toBeGreaterThanOrEqual(20);
  });
});
