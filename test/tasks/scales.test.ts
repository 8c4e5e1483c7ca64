import { describe, expect, it } from 'vitest';
import type { AnalysisPlan } from '../../src/tasks/tasks.js';
import { scalesOf } from '../../src/tasks/scales.js';
import { modelOf } from './colour-networks.js';
import { classification, detection, plan, road } from './plans.js';

const PHOTO = { width: 4000, height: 3000 };
const CLASSIFIER = modelOf({ parser: 'softmax-top-k', logits: false }, { width: 64, height: 64 }, 'cover');
const ROAD = modelOf(
  { parser: 'segmentation-argmax', classes: [0, 1] },
  { width: 448, height: 256 },
  'stretch',
);
const DETECTOR = modelOf(
  { parser: 'yolox', strides: [8], iouThreshold: 0.5 },
  { width: 416, height: 416 },
  'letterbox',
);
const ONE = [{ key: 'a', format: 'PNG' }] as const;
const ALL = plan({
  CLASSIFY: [classification(CLASSIFIER)],
  SEGMENT_ROAD: [road(ROAD)],
  DETECT_OBJECTS: [detection(DETECTOR)],
});
const CLASS_SCALE = { width: 85, height: 64 };
const ROAD_SCALE = { width: 448, height: 256 };
const DETECTION_SCALE = { width: 416, height: 312 };

describe('the scales that an image is decoded to', () => {
  const enough: [string, AnalysisPlan, { width: number; height: number }[]][] = [
    ['a class', plan({ CLASSIFY: [classification(CLASSIFIER)] }), [CLASS_SCALE]],
    ['road areas', plan({ SEGMENT_ROAD: [road(ROAD)] }), [ROAD_SCALE]],
    ['a road mask', plan({ SEGMENT_ROAD: [road(ROAD, { masks: ONE })] }), [ROAD_SCALE]],
    ['objects', plan({ DETECT_OBJECTS: [detection(DETECTOR)] }), [DETECTION_SCALE]],
    ['nothing', plan({}), []],
  ];
  it.each(enough)('are just enough for %s', (_, wanted, scales) => {
    expect(scalesOf(PHOTO, wanted)).toEqual(scales);
  });

  it("are each model's own, whatever other models need", () => {
    expect(scalesOf(PHOTO, ALL)).toEqual([CLASS_SCALE, ROAD_SCALE, DETECTION_SCALE]);
  });

  it('are shared by models that need the same one', () => {
    const twice = plan({
      CLASSIFY: [classification(CLASSIFIER), classification({ ...CLASSIFIER, id: 'other' })],
    });

    expect(scalesOf(PHOTO, twice)).toEqual([CLASS_SCALE]);
  });

  const whole: [string, AnalysisPlan, { width: number; height: number }][] = [
    [
      'an overlay',
      plan({ SEGMENT_ROAD: [road(ROAD, { overlays: [{ ...ONE[0], opacity: 0.5 }] })] }),
      { width: 448, height: 256 },
    ],
    [
      'an annotated picture',
      plan({ DETECT_OBJECTS: [detection(DETECTOR, { annotated: ONE })] }),
      DETECTION_SCALE,
    ],
    ['crops', plan({ DETECT_OBJECTS: [detection(DETECTOR, { crops: ONE })] }), DETECTION_SCALE],
    [
      'a class of each object',
      plan({
        DETECT_OBJECTS: [
          detection(DETECTOR, { classifications: [{ key: 'a', ...classification(CLASSIFIER) }] }),
        ],
      }),
      DETECTION_SCALE,
    ],
  ];
  it.each(whole)("add the whole image to the model's own for %s", (_, wanted, own) => {
    expect(scalesOf(PHOTO, wanted)).toEqual([own, PHOTO]);
  });

  it.each([
    { width: 1, height: 1 },
    { width: 30, height: 20 },
    { width: 10_000, height: 1 },
    { width: 1, height: 50_000 },
  ])('are never larger than the image: $width x $height', (displayed) => {
    for (const { width, height } of scalesOf(displayed, ALL)) {
      expect(width).toBeLessThanOrEqual(displayed.width);
      expect(height).toBeLessThanOrEqual(displayed.height);
      expect(Math.min(width, height)).toBeGreaterThan(0);
    }
  });
});
