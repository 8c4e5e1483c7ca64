/** ImageNet's 1000 classes through HTTP: the published network with the labels that ship. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { recoveredClassifier } from '../kit/recovered-classifier.js';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { startService, type TestService } from '../kit/service.js';

const shared = inject('shared') ?? '';

describe.skipIf(shared === '')('MobileNetV3-Small, by a manifest of the operator', () => {
  let service: TestService;
  let client: GraphqlClient;
  let folder: string;

  beforeAll(async () => {
    folder = await dataFolder();
    service = await startService({
      env: {
        MODEL_MANIFESTS: await recoveredClassifier(folder),
        MODEL_MIRROR: join(shared, 'models'),
        MODEL_CACHE: join(folder, 'models'),
      },
    });
    client = new GraphqlClient(service.url);
  });
  afterAll(async () => {
    await service.stop();
    await removeFolder(folder);
  });

  it('takes the place of the shipped entry and says a white wolf first, with its synset', async () => {
    const name = 'animal_3.jpg';
    const bytes = await readFile(join(shared, 'images/Image_classification', name));
    const shape = z.object({
      classify: z.object({
        model: z.object({ id: z.string(), origin: z.string() }),
        labels: z.array(z.object({ name: z.string(), synset: z.string().nullable(), score: z.number() })),
      }),
    });
    const query = `mutation ($image: ImageInput!) {
      classify(image: $image) { model { id origin } labels { name synset score } }
    }`;
    const answer = await client.upload(query, { bytes, name, type: 'image/jpeg' });
    const { model, labels } = dataOf(answer, shape).classify;
    expect(model).toEqual({ id: 'mobilenet-v3-small', origin: 'CUSTOM' });
    expect(labels[0]).toMatchObject({
      name: 'white wolf, Arctic wolf, Canis lupus tundrarum',
      synset: 'n02114548',
    });
    expect(labels[0]?.score).toBeGreaterThan(labels[1]?.score ?? 0);
  });
});
