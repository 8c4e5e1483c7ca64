import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/tasks/analyze.js';
import { asSharp, jpegOf, pngOf } from '../kit/pictures.js';
import { refusal } from '../imaging/codec/read.js';
import {
  colourClassifier,
  colourSegmenter,
  fixedDetector,
  loaderOf,
  type TestNetwork,
} from './colour-networks.js';
import { BLUE, GREEN, patches, RED } from './pictures.js';
import { classification, detection, plan, road } from './plans.js';

const SIZE = { width: 80, height: 40 };
/** Left half red, right half green. */
const PICTURE = patches(SIZE, RED, [{ left: 40, top: 0, width: 40, height: 40 }, GREEN]);

describe('an analysis', () => {
  let classifier: TestNetwork;
  let segmenter: TestNetwork;
  let detector: TestNetwork;
  let load: ReturnType<typeof loaderOf>;
  beforeAll(async () => {
    classifier = await colourClassifier({ width: 8, height: 8 }, 'stretch');
    segmenter = await colourSegmenter({ width: 16, height: 8 });
    detector = await fixedDetector({ width: 16, height: 8 }, 'stretch', [
      { box: [8, 0, 16, 8], classIndex: 1, score: 0.9 },
    ]);
    load = loaderOf(classifier, segmenter, detector);
  });
  afterAll(() => Promise.all([classifier, segmenter, detector].map(({ network }) => network.release())));

  it("answers every part of its plan, in the plan's order", async () => {
    const outcome = await analyze(
      await pngOf(PICTURE),
      SIZE,
      plan({
        CLASSIFY: [
          classification(classifier.model, { topK: 1 }),
          classification(classifier.model, { topK: 2 }),
        ],
        SEGMENT_ROAD: [road(segmenter.model)],
        DETECT_OBJECTS: [detection(detector.model), detection(detector.model, { minScore: 0.95 })],
      }),
      load,
    );

    expect(outcome.CLASSIFY.map(({ labels }) => labels.length)).toEqual([1, 2]);
    expect(outcome.SEGMENT_ROAD.map(({ areas }) => areas)).toEqual([
      [
        { class: 1, pixels: 1600 },
        { class: 2, pixels: 1600 },
        { class: 3, pixels: 0 },
      ],
    ]);
    expect(outcome.DETECT_OBJECTS.map(({ objects }) => objects.map(({ box }) => box))).toEqual([
      [{ left: 40, top: 0, width: 40, height: 40 }],
      [],
    ]);
  });

  it('gives the digest of the file', async () => {
    const bytes = await pngOf(PICTURE);

    const { sha256 } = await analyze(bytes, SIZE, plan({}), load);

    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('times each stage', async () => {
    const wanted = plan({ CLASSIFY: [classification(classifier.model)] });

    const { CLASSIFY: classifications } = await analyze(await pngOf(PICTURE), SIZE, wanted, load);

    const [outcome] = classifications;
    const { decode, preprocess, inference, postprocess } = outcome?.times ?? expect.fail('no classification');
    for (const time of [decode, preprocess, inference, postprocess]) {
      expect(time).toBeGreaterThan(0);
      expect(time).toBeLessThan(30_000);
    }
  });

  it('tells boxes in displayed pixels of a photo that lies on its side', async () => {
    const bytes = await asSharp(PICTURE).withMetadata({ orientation: 6 }).jpeg().toBuffer();

    const { DETECT_OBJECTS: detections } = await analyze(
      bytes,
      { width: 40, height: 80 },
      plan({ DETECT_OBJECTS: [detection(detector.model)] }),
      load,
    );

    expect(detections[0]?.objects.map(({ box }) => box)).toEqual([
      { left: 20, top: 0, width: 20, height: 80 },
    ]);
  });

  it('sees a photo that lies on its side as it is displayed', async () => {
    // Orientation 3 stands it on its head: what is stored below is displayed above.
    const stored = patches(SIZE, RED, [{ left: 0, top: 20, width: 80, height: 20 }, BLUE]);
    const bytes = await asSharp(stored)
      .withMetadata({ orientation: 3 })
      .jpeg({ chromaSubsampling: '4:4:4' })
      .toBuffer();
    const key = 'mask';

    const { SEGMENT_ROAD: roads } = await analyze(
      bytes,
      SIZE,
      plan({ SEGMENT_ROAD: [road(segmenter.model, { masks: [{ key, format: 'PNG' }] })] }),
      load,
    );

    const mask = roads[0]?.masks[key];
    const { pixels } = await decodeMask(mask?.bytes);
    expect([pixels[0], pixels[80 * 39]]).toEqual([3, 1]);
  });

  it('refuses a file that is damaged behind its header', async () => {
    const bytes = await jpegOf(PICTURE);
    const wanted = plan({ CLASSIFY: [classification(classifier.model)] });

    const error = await refusal(analyze(bytes.subarray(0, bytes.length - 200), SIZE, wanted, load));

    expect(error.code).toBe('BAD_IMAGE');
  });
});

async function decodeMask(bytes: Uint8Array | undefined): Promise<{ pixels: Uint8Array }> {
  return { pixels: await sharp(bytes).extractChannel(0).raw().toBuffer() };
}
