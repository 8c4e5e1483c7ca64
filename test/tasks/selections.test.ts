/** What a model answers for a picture, bit for bit, whatever else is computed on the same picture and in which order. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readHeader } from '../../src/imaging/codec/header.js';
import { analyze } from '../../src/tasks/analyze.js';
import type { ClassificationResult, ClassificationPlan } from '../../src/tasks/classify/classify.js';
import type { DetectionResult, DetectionPlan } from '../../src/tasks/detect-objects/detect-objects.js';
import type { RoadResult, RoadPlan } from '../../src/tasks/segment-road/segment-road.js';
import type { Images } from '../../src/tasks/task.js';
import type { AnalysisPlan } from '../../src/tasks/tasks.js';
import { LIMITS } from '../imaging/codec/read.js';
import { between, jpegOf, pngOf, randomNumbers, scene } from '../kit/pictures.js';
import { prepareModel, type ModelId, type TestModel } from '../kit/prepared.js';
import { classification, detection, plan, road } from './plans.js';

const ONE_OF_EACH = ['builtin-classifier', 'builtin-road', 'builtin-detector'] as const;
const IDS: readonly ModelId[] = inject('shared') === null ? ONE_OF_EACH : [...ONE_OF_EACH, 'yolox-nano'];
/** Plans tried on each picture, beside each of their parts alone. */
const TRIES = 6;

type Part =
  | { readonly kind: 'CLASSIFY'; readonly plan: ClassificationPlan }
  | { readonly kind: 'SEGMENT_ROAD'; readonly plan: RoadPlan }
  | { readonly kind: 'DETECT_OBJECTS'; readonly plan: DetectionPlan };

const PICTURES: Readonly<Record<string, () => Promise<Buffer>>> = {
  'a photo of fruit': () => readFile('images/classification/orange.jpg'),
  'a street': () => readFile('images/road/street.jpg'),
  'a car park that lies on its side': async () =>
    sharp(await readFile('images/detection/car-park.jpg'))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer(),
  'a grey photo': async () =>
    sharp(await readFile('images/detection/car-park.jpg'))
      .greyscale()
      .jpeg()
      .toBuffer(),
  'a large photo as WebP': async () =>
    sharp(await readFile('images/road/country-road.jpg'))
      .resize(1900)
      .webp()
      .toBuffer(),
  'a tall photo': async () =>
    sharp(await readFile('images/classification/teapot.jpg'))
      .resize(150, 1700, { fit: 'fill' })
      .jpeg()
      .toBuffer(),
  'a picture smaller than any input': () => pngOf(scene({ width: 47, height: 31 })),
  'a line': () => jpegOf(scene({ width: 3000, height: 2 })),
  'one pixel': () => pngOf(scene({ width: 1, height: 1 })),
};

describe('an answer', () => {
  const models = new Map<string, TestModel>();
  beforeAll(async () => {
    for (const id of IDS) models.set(id, await prepareModel(id));
  });
  afterAll(() => Promise.all([...models.values()].map(({ release }) => release())));

  const model = (id: string) => models.get(id)?.prepared ?? expect.fail(`${id} was not prepared`);
  const load = ({ id }: { id: string }) =>
    Promise.resolve(models.get(id)?.network ?? expect.fail(`${id} was not prepared`));

  /** Every kind of result, from models of every input size and fit. */
  function allParts(): Part[] {
    const classifier = model('builtin-classifier');
    const named = [{ key: 'kind', ...classification(classifier) }];
    const mask = [{ key: 'mask', format: 'PNG' }] as const;
    const overlays = [{ key: 'overlay', format: 'JPEG', opacity: 0.5 }] as const;
    const annotated = [{ key: 'annotated', format: 'JPEG' }] as const;
    const crops = [{ key: 'crop', format: 'PNG' }] as const;
    const detectors = IDS.filter((id) => models.get(id)?.entry.task === 'DETECT_OBJECTS').map(model);
    return [
      { kind: 'CLASSIFY', plan: classification(classifier) },
      { kind: 'CLASSIFY', plan: classification(classifier, { topK: 150 }) },
      { kind: 'SEGMENT_ROAD', plan: road(model('builtin-road')) },
      { kind: 'SEGMENT_ROAD', plan: road(model('builtin-road'), { masks: mask }) },
      { kind: 'SEGMENT_ROAD', plan: road(model('builtin-road'), { masks: mask, overlays }) },
      ...detectors.flatMap((detector): Part[] => [
        { kind: 'DETECT_OBJECTS', plan: detection(detector, { minScore: 0.05 }) },
        { kind: 'DETECT_OBJECTS', plan: detection(detector, { annotated }) },
        {
          kind: 'DETECT_OBJECTS',
          plan: detection(detector, { crops, classifications: named, maxObjects: 4 }),
        },
      ]),
    ];
  }

  async function answersOf(bytes: Buffer, parts: readonly Part[]): Promise<Map<Part, string>> {
    const wanted: AnalysisPlan = plan({
      CLASSIFY: parts.flatMap((part) => (part.kind === 'CLASSIFY' ? [part.plan] : [])),
      SEGMENT_ROAD: parts.flatMap((part) => (part.kind === 'SEGMENT_ROAD' ? [part.plan] : [])),
      DETECT_OBJECTS: parts.flatMap((part) => (part.kind === 'DETECT_OBJECTS' ? [part.plan] : [])),
    });
    const outcome = await analyze(bytes, await readHeader(bytes, LIMITS), wanted, load);
    const answers = {
      CLASSIFY: outcome.CLASSIFY.map(ofClassification),
      SEGMENT_ROAD: outcome.SEGMENT_ROAD.map(ofRoad),
      DETECT_OBJECTS: outcome.DETECT_OBJECTS.map(ofDetection),
    };
    return new Map(parts.map((part) => [part, answers[part.kind].shift() ?? expect.fail('no answer')]));
  }

  it.each(Object.keys(PICTURES))('on %s is the same in every selection', async (name) => {
    const bytes = (await PICTURES[name]?.()) ?? expect.fail(name);
    const parts = allParts();
    const alone = new Map<Part, string>();
    for (const part of parts) alone.set(part, (await answersOf(bytes, [part])).get(part) ?? '');

    const random = randomNumbers(name.length);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const chosen = shuffled(parts, random).slice(0, between(random, 2, parts.length));
      for (const [part, answer] of await answersOf(bytes, chosen)) {
        expect(answer, `${part.kind} of ${part.plan.model.id}`).toBe(alone.get(part));
      }
    }
  });

  it('has something to say about the photos, so that being the same means something', async () => {
    const parts = allParts();
    const bytes = await readFile('images/detection/car-park.jpg');

    for (const answer of (await answersOf(bytes, parts)).values()) expect(answer.length).toBeGreaterThan(60);
  });
});

/** Exact numbers, so that equal text is equal to the last bit. */
function ofClassification({ labels }: ClassificationResult): string {
  return JSON.stringify(labels);
}

function ofRoad({ areas, masks, overlays }: RoadResult): string {
  return JSON.stringify({ areas, masks: digests(masks), overlays: digests(overlays) });
}

function ofDetection({ objects, annotated }: DetectionResult): string {
  const told = objects.map(({ crops, classifications, ...object }) => ({
    ...object,
    crops: digests(crops),
    classifications: Object.values(classifications).map(ofClassification),
  }));
  return JSON.stringify({ objects: told, annotated: digests(annotated) });
}

function digests(images: Images): string[] {
  return Object.values(images).map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
