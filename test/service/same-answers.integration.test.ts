/** What a client gets for a picture from a model does not depend on what else the query selects. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { inBase64 } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

const BOX = 'box { x y width height relative { x y width height } }';
const CLASSES = 'labels { index name score }';
const AREAS = 'areas { class fraction pixels } mask { base64 }';
const OBJECTS = `objects { classIndex label score ${BOX} }`;

const ALONE = {
  classification: `mutation ($image: ImageInput!) { alone: classify(image: $image, topK: 9) { ${CLASSES} } }`,
  road: `mutation ($image: ImageInput!) { alone: segmentRoad(image: $image) { ${AREAS} } }`,
  detection: `mutation ($image: ImageInput!) { alone: detectObjects(image: $image, minScore: 0.1) { ${OBJECTS} } }`,
} as const;
type Kind = keyof typeof ALONE;

const FIELDS: Readonly<Record<Kind, string>> = {
  classification: `classification(topK: 9) { ${CLASSES} }`,
  road: `road { ${AREAS} }`,
  detection: `detection(minScore: 0.1) { ${OBJECTS} }`,
};

/** What is selected beside the results that are compared. */
const BESIDES = [
  'other: classification(topK: 1) { labels { name } }',
  'painted: road { overlay { bytes } }',
  'drawn: detection(minScore: 0.2) { annotated { bytes } objects { crop(format: PNG) { bytes } } }',
  'named: detection(minScore: 0.2) { objects { classification(topK: 1) { labels { name } } } }',
];

const PICTURES: Readonly<Record<string, () => Promise<Buffer>>> = {
  'a car park': () => readFile('images/detection/car-park.jpg'),
  'a photo of several megapixels that lies on its side': async () =>
    sharp(await readFile('images/road/street.jpg'))
      .resize(2400)
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer(),
  'a grey picture': async () =>
    sharp(await readFile('images/classification/banana.jpg'))
      .greyscale()
      .png()
      .toBuffer(),
};

describe('an answer', () => {
  let service: TestService;
  let client: GraphqlClient;
  beforeAll(async () => {
    service = await startService();
    client = new GraphqlClient(service.url);
  });
  afterAll(() => service.stop());

  it.each(Object.keys(PICTURES))('on %s is that of the mutation that asks for it alone', async (name) => {
    const image = inBase64((await PICTURES[name]?.()) ?? expect.fail(name));
    const kinds = Object.keys(ALONE) as Kind[];
    const alone = new Map<Kind, unknown>();
    for (const kind of kinds) {
      const shape = z.object({ alone: z.record(z.string(), z.unknown()) });
      alone.set(kind, dataOf(await client.post(ALONE[kind], { image }), shape).alone);
    }

    const selections = [
      ...subsets(kinds).map((chosen) => ({ chosen, besides: '' })),
      ...BESIDES.map((besides) => ({ chosen: kinds, besides })),
    ];
    for (const { chosen, besides } of selections) {
      const fields = chosen.map((kind) => FIELDS[kind]).join('\n');
      const query = `mutation ($image: ImageInput!) { analyze(image: $image) { ${besides}\n${fields} } }`;
      const shape = z.object({ analyze: z.record(z.string(), z.unknown()) });
      const { analyze } = dataOf(await client.post(query, { image }), shape);
      for (const kind of chosen) expect(analyze[kind], `${query}: ${kind}`).toEqual(alone.get(kind));
    }
  });
});

/** Every choice of at least one. */
function subsets<T>(items: readonly T[]): T[][] {
  return items
    .reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])
    .filter((set) => set.length > 0);
}
