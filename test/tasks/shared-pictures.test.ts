import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readHeader } from '../../src/imaging/codec/header.js';
import { analyze } from '../../src/tasks/analyze.js';
import type { AnalysisResult } from '../../src/tasks/analyze.js';
import type { AnalysisPlan } from '../../src/tasks/tasks.js';
import type { FoundObject } from '../../src/tasks/detect-objects/detect-objects.js';
import { maxDifference } from '../kit/pictures.js';
import { prepareModel, type TestModel } from '../kit/prepared.js';
import { LIMITS } from '../imaging/codec/read.js';
import { classification, detection, plan, road } from './plans.js';

const shared = inject('shared');

describe.skipIf(shared === null)('on real pictures', () => {
  const models: TestModel[] = [];
  const model = (id: string): TestModel =>
    models.find(({ prepared }) => prepared.id === id) ?? expect.fail(`${id} was not prepared`);
  beforeAll(async () => {
    for (const id of ['builtin-classifier', 'builtin-road', 'builtin-detector', 'yolox-nano'] as const) {
      models.push(await prepareModel(id));
    }
  });
  afterAll(() => Promise.all(models.map(({ release }) => release())));

  const analyzed = async (path: string, wanted: Partial<AnalysisPlan>): Promise<AnalysisResult> => {
    const bytes = await readFile(join(shared ?? '', 'images', path));
    const load = ({ id }: { id: string }) => Promise.resolve(model(id).network);
    return analyze(bytes, await readHeader(bytes, LIMITS), plan(wanted), load);
  };

  it.each([
    ['animal_1.jpg', 'Arabian camel'],
    ['animal_2.jpg', 'grasshopper'],
    ['animal_4.jpg', 'goldfish'],
  ])('the built-in classifier names %s', async (file, name) => {
    const { prepared, labels } = model('builtin-classifier');

    const { CLASSIFY: classifications } = await analyzed(`Image_classification/${file}`, {
      CLASSIFY: [classification(prepared)],
    });

    expect(labels[classifications[0]?.labels[0]?.index ?? -1]).toContain(name);
  });

  it('the class is the same when the whole picture is decoded for another result', async () => {
    const { prepared } = model('builtin-classifier');
    const annotated = [{ key: 'a', format: 'JPEG' }] as const;

    const { CLASSIFY: classifications } = await analyzed('Image_classification/animal_4.jpg', {
      CLASSIFY: [classification(prepared)],
      DETECT_OBJECTS: [detection(model('builtin-detector').prepared, { annotated })],
    });

    expect(classifications[0]?.labels[0]?.score).toBeGreaterThan(0.8);
  });

  it.each(['road_1.jpg', 'road_2.jpg'])('the built-in segmentation finds the road of %s', async (file) => {
    const { prepared } = model('builtin-road');

    const { SEGMENT_ROAD: roads } = await analyzed(`road_segmentation/${file}`, {
      SEGMENT_ROAD: [road(prepared, { masks: [{ key: 'mask', format: 'PNG' }] })],
    });

    const areas = roads[0]?.areas ?? [];
    const all = areas.reduce((sum, { pixels }) => sum + pixels, 0);
    const fraction = (areas.find((area) => area.class === 1)?.pixels ?? 0) / all;
    expect(fraction).toBeGreaterThan(0.1);
    expect(fraction).toBeLessThan(0.6);
    const mask = roads[0]?.masks['mask'];
    expect((mask?.width ?? 0) * (mask?.height ?? 0)).toBe(all);
  });

  it('yolox-nano finds the two persons and the dog, where they are', async () => {
    const { prepared, labels } = model('yolox-nano');

    const { DETECT_OBJECTS: detections } = await analyzed('object_detection/family-and-dog.jpg', {
      DETECT_OBJECTS: [detection(prepared, { minScore: 0.7 })],
    });

    const objects = detections[0]?.objects ?? [];
    expect(objects.map(({ classIndex }) => labels[classIndex])).toEqual(['person', 'person', 'dog']);
    const expected = [
      [519, 324],
      [368, 304],
      [720, 447],
    ];
    objects.forEach((object, index) =>
      expect(maxDifference(centre(object), expected[index] ?? [])).toBeLessThan(15),
    );
  });

  it('the built-in detector finds the car, the dog and the person', async () => {
    const { prepared, labels } = model('builtin-detector');

    const { DETECT_OBJECTS: detections } = await analyzed('object_detection/person_dog.jpg', {
      DETECT_OBJECTS: [detection(prepared, { minScore: 0.3 })],
    });

    const names = detections[0]?.objects.map(({ classIndex }) => labels[classIndex]);
    expect(names).toEqual(expect.arrayContaining(['car', 'dog', 'person']));
  });
});

function centre({ box }: FoundObject): [number, number] {
  return [box.left + box.width / 2, box.top + box.height / 2];
}
