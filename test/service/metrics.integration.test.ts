/** What the service counts of itself, above all that an image is decoded once for each scale, however much is asked of it. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { operation } from '../kit/service-operations.js';
import { inBase64 } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

let service: TestService;
let client: GraphqlClient;
let image: { base64: string };

beforeAll(async () => {
  service = await startService();
  client = new GraphqlClient(service.url);
  image = inBase64(await readFile('images/road/street.jpg'));
});
afterAll(() => service.stop());

const scrape = async () => await (await fetch(`${service.url}/metrics`)).text();

/** The value of one figure; 0 where it has not been counted yet. */
async function figure(name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const line = (await scrape())
    .split('\n')
    .find((text) => text.startsWith(`${name}{`) && wanted.every((label) => text.includes(label)));
  return Number(line?.split(' ').at(-1) ?? 0);
}

const ANSWERS = { pool: 'answers', kind: 'analyze' };
const counts = async () => ({
  decodes: await figure('okulo_image_decodes_total', ANSWERS),
  ok: await figure('okulo_inference_requests_total', { ...ANSWERS, outcome: 'ok' }),
  refused: await figure('okulo_inference_requests_total', { ...ANSWERS, outcome: 'refused' }),
});

const classified = z.object({ labels: z.array(z.object({ name: z.string() })).min(1) });
const found = z.object({ objects: z.array(z.object({ label: z.string(), classification: classified })) });

describe('decodes', () => {
  it('are one for a classification', async () => {
    const before = await counts();
    dataOf(await client.post(operation('classify'), { image }), z.object({ classify: classified }));
    expect(await counts()).toEqual({ ...before, decodes: before.decodes + 1, ok: before.ok + 1 });
  });

  it('are one for all models of a small image, and one of it exactly for the crops that are classified', async () => {
    const before = await counts();
    const shape = z.object({ analyze: z.object({ detection: found }) });
    const { analyze } = dataOf(await client.post(operation('analyze'), { image }), shape);
    expect(analyze.detection.objects.map(({ label }) => label)).toContain('car');
    expect(await counts()).toEqual({ ...before, decodes: before.decodes + 2, ok: before.ok + 1 });
  });

  it('are no more for everything that can be made of an image, some of it twice', async () => {
    const before = await counts();
    const query = `mutation ($image: ImageInput!) {
      analyze(image: $image) {
        few: classification(topK: 1) { labels { name } }
        many: classification(topK: 50) { labels { name } }
        road { mask { bytes } webp: mask(format: WEBP) { bytes } overlay { bytes } }
        detection(minScore: 0.3) {
          annotated { bytes }
          objects { crop { bytes } classification { labels { name } } }
        }
      }
    }`;
    dataOf(await client.post(query, { image }), z.object({ analyze: z.object({ few: classified }) }));
    expect(await counts()).toEqual({ ...before, decodes: before.decodes + 2, ok: before.ok + 1 });
  });

  it('are one for an image that turns out to be damaged, and that request counts as refused', async () => {
    const before = await counts();
    const whole = await readFile('images/road/street.jpg');
    const cut = inBase64(whole.subarray(0, whole.byteLength / 2));
    const { errors } = await client.post(operation('classify'), { image: cut });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_IMAGE']);
    expect(await counts()).toEqual({ ...before, decodes: before.decodes + 1, refused: before.refused + 1 });
  });

  it('are none for a request that is refused by its header', async () => {
    const before = await counts();
    await client.post(operation('classify'), { image: inBase64(Buffer.from('no image')) });
    expect(await counts()).toEqual(before);
  });
});

it('come in the format that Prometheus reads, with the process’s own figures', async () => {
  const response = await fetch(`${service.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds']) {
    expect(text).toMatch(new RegExp(`^${name} [0-9.e-]+$`, 'm'));
  }
  expect(text).toMatch(/^okulo_inference_backlog_seconds\{pool="answers"\} 0$/m);
  expect(text).toMatch(/^okulo_inference_seconds_count\{pool="answers",kind="analyze"\} [1-9]/m);
});
