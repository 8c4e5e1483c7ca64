import { describe, expect, it } from 'vitest';
import { workingSize } from '../../src/tasks/analyze.js';
import type { AnalysisPlan } from '../../src/tasks/plan.js';
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

describe('the one size that an image is decoded to', () => {
  const enough: [string, AnalysisPlan, { width: number; height: number }][] = [
    ['a class', plan({ classifications: [classification(CLASSIFIER)] }), { width: 85, height: 64 }],
    ['road areas', plan({ roads: [road(ROAD)] }), { width: 448, height: 256 }],
    ['a road mask', plan({ roads: [road(ROAD, { masks: ONE })] }), { width: 448, height: 256 }],
    ['objects', plan({ detections: [detection(DETECTOR)] }), { width: 416, height: 312 }],
    ['nothing', plan({}), { width: 1, height: 1 }],
  ];
  it.each(enough)('is just enough for %s', (_, wanted, size) => {
    expect(workingSize(PHOTO, wanted)).toEqual(size);
  });

  it('is enough for each of several models on both sides', () => {
    const all = plan({
      classifications: [classification(CLASSIFIER)],
      roads: [road(ROAD)],
      detections: [detection(DETECTOR)],
    });

    expect(workingSize(PHOTO, all)).toEqual({ width: 448, height: 312 });
  });

  const whole: [string, AnalysisPlan][] = [
    ['an overlay', plan({ roads: [road(ROAD, { overlays: [{ ...ONE[0], opacity: 0.5 }] })] })],
    ['an annotated picture', plan({ detections: [detection(DETECTOR, { annotated: ONE })] })],
    ['crops', plan({ detections: [detection(DETECTOR, { crops: ONE })] })],
    [
      'a class of each object',
      plan({
        detections: [detection(DETECTOR, { classifications: [{ key: 'a', ...classification(CLASSIFIER) }] })],
      }),
    ],
  ];
  it.each(whole)('is the whole image for %s', (_, wanted) => {
    expect(workingSize(PHOTO, wanted)).toEqual(PHOTO);
  });

  it('is the whole image when one of many results needs it', () => {
    const all = plan({
      classifications: [classification(CLASSIFIER)],
      roads: [road(ROAD), road(ROAD, { overlays: [{ ...ONE[0], opacity: 1 }] })],
    });

    expect(workingSize(PHOTO, all)).toEqual(PHOTO);
  });

  it.each([
    { width: 1, height: 1 },
    { width: 30, height: 20 },
    { width: 10_000, height: 1 },
  ])('is never larger than the image: $width x $height', (displayed) => {
    const all = plan({
      classifications: [classification(CLASSIFIER)],
      roads: [road(ROAD)],
      detections: [detection(DETECTOR)],
    });

    const { width, height } = workingSize(displayed, all);

    expect(width).toBeLessThanOrEqual(displayed.width);
    expect(height).toBeLessThanOrEqual(displayed.height);
  });
});
