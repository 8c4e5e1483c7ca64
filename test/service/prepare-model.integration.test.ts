/** Models that are fetched while the service runs, from a publisher that is slow, broken or right. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { digestOfKey, newApiKey } from '../../src/auth/api-key.js';
import { changeKeyFile } from '../../src/auth/key-file.js';
import { GraphqlClient } from '../kit/graphql-client.js';
import { missing, startModelPublisher, type ModelPublisher } from '../kit/model-publisher.js';
import { startRedis } from '../kit/redis-server.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

const model = z.object({
  id: z.string(),
  status: z.enum(['READY', 'UNAVAILABLE', 'PREPARING']),
  progress: z.number().nullable(),
  unavailableReason: z.string().nullable(),
  unavailableBecause: z.string().nullable(),
  isDefault: z.boolean().optional(),
});
const prepared = z.object({ prepareModel: model });
const updated = z.object({ modelUpdated: model });

const OTHER_DIGEST = `sha256:${'0'.repeat(64)}`;
const unranked = { defaultRank: undefined };

let publisher: ModelPublisher;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-keys-'));
  publisher = await startModelPublisher({
    fetched: { defaultRank: 0 },
    other: unranked,
    wrong: { ...unranked, digest: OTHER_DIGEST },
  });
});
afterAll(async () => {
  await publisher.stop();
  await rm(folder, { recursive: true });
});

describe('a service that fetches models', () => {
  let service: TestService;
  let client: GraphqlClient;
  beforeAll(async () => {
    service = await startService({ env: publisher.env() });
    client = new GraphqlClient(service.url);
    // What it tries by itself after the start fails.
    await statusOf('wrong', 'UNAVAILABLE', /404/);
  });
  afterAll(() => service.stop());

  /** Resolves with the first news of a model that has a status. */
  async function statusOf(id: string, status: string, reason = /^/) {
    for await (const { data } of client.stream(operation('model-updated'), { id })) {
      const { modelUpdated } = updated.parse(data);
      if (modelUpdated.status === status && reason.test(modelUpdated.unavailableReason ?? ''))
        return modelUpdated;
    }
    throw new Error('The news have ended');
  }

  it('fetches one once, however many ask, and serves it by default from then on', async () => {
    const release = publisher.sendInHalves();
    publisher.asked.length = 0;
    const begun = statusOf('fetched', 'PREPARING');
    for (let times = 0; times < 2; times += 1) {
      const { prepareModel } = await client.run('prepare-model', prepared, { id: 'fetched' });
      expect(prepareModel).toMatchObject({ id: 'fetched', status: 'PREPARING' });
    }
    expect((await begun).progress).toBeGreaterThanOrEqual(0);
    await expect.poll(async () => (await one('fetched')).progress).toBeCloseTo(0.5, 1);
    const refused = await client.post(classifyBy('fetched'), { image: inBase64(await picture()) });
    expect(refused.errors[0]?.extensions.code).toBe('MODEL_UNAVAILABLE');
    expect(refused.errors[0]?.message).toContain('is being downloaded');
    const ready = statusOf('fetched', 'READY');
    release();
    expect(await ready).toMatchObject({ progress: null, unavailableReason: null, isDefault: true });
    expect(publisher.asked).toEqual(['/fetched.onnx']);
    const answered = await client.post(classifyBy(), { image: inBase64(await picture()) });
    expect(answered.data).toMatchObject({ classify: { model: { id: 'fetched' } } });
    const { prepareModel } = await client.run('prepare-model', prepared, { id: 'fetched' });
    expect(prepareModel.status).toBe('READY');
  });

  it('tells why one could not be had, and tries again when it is asked to', async () => {
    publisher.answer = missing;
    await client.run('prepare-model', prepared, { id: 'other' });
    expect(await statusOf('other', 'UNAVAILABLE', /404/)).toMatchObject({ unavailableBecause: 'OTHER' });
    publisher.answer = (response) => response.end(publisher.bytes);
    await client.run('prepare-model', prepared, { id: 'other' });
    await statusOf('other', 'READY');
  });

  it('goes on where a connection broke, and refuses other bytes than the manifest names', async () => {
    publisher.answer = (response) => response.end(publisher.bytes);
    await client.run('prepare-model', prepared, { id: 'wrong' });
    await statusOf('wrong', 'UNAVAILABLE', /digest/);
  });

  it('tells all models at first, and refuses an unknown one', async () => {
    const ids = new Set<string>();
    for await (const { data } of client.stream(operation('model-updated'))) {
      ids.add(updated.parse(data).modelUpdated.id);
      if (ids.has('fetched') && ids.has('builtin-road')) break;
    }
    const { errors } = await client.overSocket(operation('model-updated'), { id: 'none' });
    expect(errors[0]?.extensions.code).toBe('MODEL_NOT_FOUND');
    const answer = await client.post(operation('prepare-model'), { id: 'none' });
    expect(answer.errors[0]?.extensions.code).toBe('MODEL_NOT_FOUND');
  });

  async function one(id: string) {
    const answer = await client.post(
      `{ model(id: "${id}") { id status progress unavailableReason unavailableBecause } }`,
    );
    return z.object({ model }).parse(answer.data).model;
  }
});

const classifyBy = (id?: string) =>
  `mutation ($image: ImageInput!) { classify(image: $image${id === undefined ? '' : `, model: "${id}"`}) { model { id } } }`;

describe('who may not', () => {
  it('needs an administrator’s key where keys are asked for', async () => {
    const [admin, plain] = [newApiKey(), newApiKey()];
    const keys = join(folder, 'keys.json');
    const entry = (name: string, key: string) => ({
      ...{ name, sha256: digestOfKey(key), createdAt: new Date().toISOString() },
    });
    await changeKeyFile(keys, () => [{ ...entry('admin', admin), admin: true }, entry('plain', plain)]);
    const service = await startService({ env: { API_KEYS_FILE: keys } });
    const ask = async (key: string) => {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: operation('prepare-model'), variables: { id: 'builtin-road' } }),
      });
      return response.text();
    };
    expect(await ask(plain)).toMatch(/"FORBIDDEN"/);
    expect(await ask(plain)).toMatch(/okulo keys add --admin/);
    expect(await ask(admin)).toMatch(/"status":"READY"/);
    await service.stop();
  });

  it('is told so where downloads are off', async () => {
    const service = await startService({ env: { ...publisher.env(), MODEL_DOWNLOADS: 'off' } });
    const { errors } = await new GraphqlClient(service.url).post(operation('prepare-model'), {
      id: 'fetched',
    });
    expect(errors[0]?.extensions.code).toBe('MODEL_UNAVAILABLE');
    expect(errors[0]?.message).toContain('MODEL_DOWNLOADS=off');
    await service.stop();
  });

  it.skipIf(inject('redisServer') === null)('is told the command where workers run apart', async () => {
    const redis = await startRedis();
    const service = await startService({
      role: 'api',
      env: { ...publisher.env(), QUEUE_URL: redis.url, MODEL_DOWNLOADS: 'off' },
    });
    const { errors } = await new GraphqlClient(service.url).post(operation('prepare-model'), {
      id: 'fetched',
    });
    expect(errors[0]?.extensions.code).toBe('MODEL_UNAVAILABLE');
    expect(errors[0]?.message).toContain('okulo models prepare');
    await service.stop();
    await redis.stop();
  });
});
