/** Networks that cannot answer, as an operator brings them: the service starts, and says why it does not serve them. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

const shared = inject('shared') ?? '';
const MANIFEST = resolve(shared, 'cases/models/not-a-number/manifest-nan.json');
const IDS = ['sr-nan', 'seg-nan'];

describe.skipIf(shared === '')('a service with networks of NaN', () => {
  let modelCache: string;
  let service: TestService;
  let client: GraphqlClient;
  const start = async () => {
    service = await startService({ env: { MODEL_MANIFESTS: MANIFEST, MODEL_CACHE: modelCache } });
    client = new GraphqlClient(service.url);
  };
  beforeAll(async () => {
    modelCache = await dataFolder();
    await start();
  });
  afterAll(async () => {
    await service.stop();
    await removeFolder(modelCache);
  });

  const model = z.object({ id: z.string(), status: z.string(), unavailableReason: z.string().nullable() });
  const reasons = async () => {
    const { models } = dataOf(
      await client.post('{ models { id status unavailableReason } }'),
      z.object({ models: z.array(model) }),
    );
    return models
      .filter(({ id }) => IDS.includes(id))
      .map(({ status, unavailableReason }) => [status, unavailableReason]);
  };
  const reason = /^The network's \w+ for a test picture are not all numbers: .* NaN or infinite\. .*\.$/;
  const refused = ['UNAVAILABLE', expect.stringMatching(reason)];

  it('has none of them ready, at its first start and at the next', async () => {
    expect(await reasons()).toEqual([refused, refused]);
    await service.stop();
    await start();
    expect(await reasons()).toEqual([refused, refused]);
  });

  it('answers who asks for one with the reason, and the others as ever', async () => {
    const image = inBase64(await picture());
    const road =
      'mutation ($image: ImageInput!) { segmentRoad(image: $image, model: "seg-nan") { areas { pixels } } }';
    const { errors } = await client.post(road, { image });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['MODEL_UNAVAILABLE']);
    expect(errors[0]?.message).toContain('NaN or infinite');

    const enlarge = 'mutation ($image: ImageInput!) { superResolve(image: $image, model: "sr-nan") { id } }';
    const job = await client.post(enlarge, { image });
    expect(job.errors.map(({ extensions }) => extensions.code)).toEqual(['MODEL_UNAVAILABLE']);

    const own = 'mutation ($image: ImageInput!) { segmentRoad(image: $image) { model { id } } }';
    expect(await client.post(own, { image })).toMatchObject({
      errors: [],
      data: { segmentRoad: { model: { id: 'builtin-road' } } },
    });
  });
});
