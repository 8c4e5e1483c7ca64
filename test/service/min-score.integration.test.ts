/** From which score on an object counts: what a request says, or else what its model says. */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { inBase64 } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

const OWN = 0.32;
const SURE = 0.66;

let folder: string;
let service: TestService;
let client: GraphqlClient;
/** Two cars that no detector here doubts. */
let cars: { base64: string };
/** Something that the built-in detector takes for a person with a score between 0.32 and 0.5. */
let doubtful: { base64: string };

beforeAll(async () => {
  folder = await dataFolder();
  service = await startService({ env: { MODEL_MANIFESTS: await sureDetector(folder) } });
  client = new GraphqlClient(service.url);
  cars = inBase64(await readFile('images/detection/car-park.jpg'));
  doubtful = inBase64(await readFile('images/road/country-road.jpg'));
});
afterAll(async () => {
  await service.stop();
  await removeFolder(folder);
});

/** The built-in detector once more, with a least score of its own. */
async function sureDetector(at: string): Promise<string> {
  const shape = z.object({
    models: z.array(z.looseObject({ id: z.string(), files: z.array(z.looseObject({})) })),
  });
  const { models } = shape.parse(JSON.parse(await readFile('models/manifest.json', 'utf8')));
  const detector = models.find(({ id }) => id === 'builtin-detector') ?? expect.fail('no such model');
  const files = detector.files.map((file) => ({
    ...file,
    path: resolve('models/builtin/detector/model.onnx'),
  }));
  const labels = resolve('models/builtin/detector/labels.txt');
  const sure = { ...detector, id: 'sure-detector', minScore: SURE, files, labels };
  const path = join(at, 'manifest.json');
  await writeFile(path, JSON.stringify({ models: [{ ...sure, defaultRank: undefined }] }));
  return path;
}

const found = z.array(z.object({ label: z.string(), score: z.number() }));
type Found = z.infer<typeof found>;

async function detect(image: { base64: string }, args: string): Promise<Found> {
  const query = `mutation ($image: ImageInput!) { detectObjects(image: $image${args}) { objects { label score } } }`;
  return dataOf(
    await client.post(query, { image }),
    z.object({ detectObjects: z.object({ objects: found }) }),
  ).detectObjects.objects;
}

async function detectAmongOthers(image: { base64: string }, args: string): Promise<Found> {
  const query = `mutation ($image: ImageInput!) { analyze(image: $image) { detection${args} { objects { label score } } } }`;
  const shape = z.object({ analyze: z.object({ detection: z.object({ objects: found }) }) });
  return dataOf(await client.post(query, { image }), shape).analyze.detection.objects;
}

it("is the model's own where a request says nothing, or null", async () => {
  const own = await detect(doubtful, `, minScore: ${OWN}`);
  expect(own).toHaveLength(1);
  expect(await detect(doubtful, ', minScore: 0.5')).toEqual([]);

  expect(await detect(doubtful, '')).toEqual(own);
  expect(await detect(doubtful, ', minScore: null')).toEqual(own);
  expect(await detectAmongOthers(doubtful, '')).toEqual(own);
  expect(await detectAmongOthers(doubtful, '(minScore: null)')).toEqual(own);
});

it('is that of the model that is named', async () => {
  const sure = await detect(cars, ', model: "sure-detector"');
  expect(sure).toEqual(await detect(cars, `, minScore: ${SURE}`));
  expect(sure.length).toBeGreaterThan(0);
  expect(sure.length).toBeLessThan((await detect(cars, '')).length);
});

it("may be below the model's own, down to 0", async () => {
  const all = await detect(cars, ', model: "sure-detector", minScore: 0');
  expect(Math.min(...all.map(({ score }) => score))).toBeLessThan(OWN);
});

it('is told by the models: of detectors alone', async () => {
  const model = z.object({ id: z.string(), task: z.string(), minScore: z.number().nullable() });
  const { models } = dataOf(
    await client.post('{ models { id task minScore } }'),
    z.object({ models: z.array(model) }),
  );
  const stated = new Map(models.map(({ id, minScore }) => [id, minScore]));
  expect(stated.get('builtin-detector')).toBe(OWN);
  expect(stated.get('sure-detector')).toBe(SURE);
  expect(stated.get('yolox-nano')).toBe(0.5);
  for (const { task, minScore } of models) expect(minScore === null).toBe(task !== 'DETECT_OBJECTS');
});

it("is the model's own for clients of the earlier service that do not say", async () => {
  const answer = await fetch(`${service.url}/object_detection`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ image: doubtful.base64 }),
  });
  const shape = z.object({ detections: z.array(z.object({ confidence: z.number() })) });
  const { detections } = shape.parse(await answer.json());
  expect(detections).toHaveLength(1);
  expect(detections.map(({ confidence }) => confidence)).toEqual(
    (await detect(doubtful, '')).map(({ score }) => score),
  );
});
