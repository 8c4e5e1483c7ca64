/** Operations that cannot be carried out as they are asked for: the same refusal over HTTP and over WebSocket. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { GraphqlClient } from '../kit/graphql-client.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';
import { expectAlive, expectFaults, expectRefused, WAYS } from './refusal.js';

let service: TestService;
let client: GraphqlClient;
let image: { base64: string };
/** A folder of models; the one that it has is not whole. */
let mirror: string;

beforeAll(async () => {
  mirror = await mkdtemp(join(tmpdir(), 'okulo-mirror-'));
  await mkdir(join(mirror, 'yolox-nano'));
  await writeFile(join(mirror, 'yolox-nano/yolox_nano.onnx'), 'wrong');
  service = await startService({ env: { MODEL_MIRROR: mirror } });
  client = new GraphqlClient(service.url);
  image = inBase64(await picture());
});
afterAll(async () => {
  await service.stop();
  await rm(mirror, { recursive: true });
});
afterEach(() => expectAlive(client));

const $ = '($image: ImageInput!)';
const BAD_ARGUMENTS = [
  ['topK 0', `mutation ${$} { classify(image: $image, topK: 0) { labels { name } } }`],
  ['topK 1001', `mutation ${$} { classify(image: $image, topK: 1001) { labels { name } } }`],
  ['minScore 2', `mutation ${$} { classify(image: $image, minScore: 2) { labels { name } } }`],
  ['minScore -1', `mutation ${$} { detectObjects(image: $image, minScore: -1) { objects { label } } }`],
  ['maxObjects 0', `mutation ${$} { detectObjects(image: $image, maxObjects: 0) { objects { label } } }`],
  ['opacity 2', `mutation ${$} { segmentRoad(image: $image) { overlay(opacity: 2) { width } } }`],
  [
    'topK 0 inside analyze',
    `mutation ${$} { analyze(image: $image) { classification(topK: 0) { labels { name } } } }`,
  ],
  [
    'an unknown label',
    `mutation ${$} { detectObjects(image: $image, labels: ["unicorn"]) { objects { label } } }`,
  ],
  [
    'a model of another task',
    `mutation ${$} { classify(image: $image, model: "builtin-road") { labels { name } } }`,
  ],
  ['a mask as JPEG', `mutation ${$} { segmentRoad(image: $image) { mask(format: JPEG) { width } } }`],
  ['an empty idempotency key', `mutation ${$} { superResolve(image: $image, idempotencyKey: "") { id } }`],
  ['a page of 0 jobs', '{ jobs(first: 0) { totalCount } }'],
  ['a page of 101 jobs', '{ jobs(first: 101) { totalCount } }'],
  ['a cursor that is none', '{ jobs(after: "nonsense") { totalCount } }'],
] as const;

const INVALID = [
  ['an unknown field', `mutation ${$} { classify(image: $image) { nonsense } }`],
  ['an unknown argument', `mutation ${$} { classify(image: $image, nonsense: 1) { labels { name } } }`],
  ['no image', 'mutation { classify { labels { name } } }'],
  ['an image given in no way', 'mutation { classify(image: {}) { labels { name } } }'],
  ['an image given as null', 'mutation { classify(image: { base64: null }) { labels { name } } }'],
  [
    'an image given in two ways',
    'mutation { classify(image: { base64: "AAAA", url: "https://example.com/a.png" }) { labels { name } } }',
  ],
  ['an upload that is a word', 'mutation { classify(image: { upload: "a.png" }) { labels { name } } }'],
] as const;

const BAD_VARIABLES = [
  ['in no way', {}],
  ['as null', null],
  ['as nulls', { base64: null, url: null }],
  ['in two ways', { base64: 'AAAA', url: 'https://example.com/a.png' }],
  ['in one way and as null in another', { base64: 'AAAA', url: null }],
  ['in an unknown way', { path: '/etc/passwd' }],
  ['as an address that is none', { url: 'not an address' }],
] as const;

describe.each(WAYS)('over $way', ({ send }) => {
  it.each(BAD_ARGUMENTS)('refuses %s', async (_what, query) => {
    const variables = query.includes('$image') ? { image } : {};
    expectRefused(await send(client, query, variables), 'BAD_USER_INPUT');
  });

  it.each(INVALID)('refuses %s, which the schema does not have', async (_what, query) => {
    const variables = query.includes('$image') ? { image } : {};
    expectRefused(await send(client, query, variables), 'GRAPHQL_VALIDATION_FAILED');
  });

  it('refuses a query that is none', async () => {
    expectRefused(await send(client, 'classify this, please'), 'GRAPHQL_PARSE_FAILED');
  });

  it('refuses to choose among several operations', async () => {
    const query = 'query a { models { id } } query b { models { id } }';
    expectRefused(await send(client, query), 'OPERATION_RESOLUTION_FAILURE');
  });

  it('tells an image in two ways from its values', async () => {
    const query = `mutation ${$} { classify(image: $image) { labels { name } } }`;
    const { errors } = await send(client, query, { image: { base64: 'SECRET', url: 'https://example.com' } });
    expect(errors[0]?.message).toBe(
      'Variable "$image" got invalid value { base64, url }; Exactly one key must be specified for OneOf type "ImageInput".',
    );
  });

  it.each([
    [
      'negative-first',
      '{ a: jobs(first: 100) { ...J } b: jobs(first: -2147483648) { ...J } } fragment J on JobConnection { edges { node { preview { base64 } result { base64 url } } } }',
    ],
    [
      'models-labels-amplify',
      `{ models { ...F } } fragment F on Model { ${Array.from({ length: 300 }, (_, i) => `a${i}: labels`).join(' ')} }`,
    ],
    [
      'introspection',
      `{ __schema { types { fields { type { fields { ${Array.from({ length: 300 }, (_, i) => `a${i}: description`).join(' ')} } } } } } }`,
    ],
  ])('refuses answers that grow out of proportion: %s', async (_what, query) => {
    expectRefused(await send(client, query), 'QUERY_TOO_COSTLY');
  });

  it.each(BAD_VARIABLES)('refuses an image variable given %s', async (_what, value) => {
    const query = `mutation ${$} { classify(image: $image) { labels { name } } }`;
    // An unknown member is one fault, and that there is no other another.
    expectFaults(await send(client, query, { image: value }), 'BAD_USER_INPUT');
  });

  it('refuses a model that it does not know, and names those it does', async () => {
    const answer = await send(
      client,
      `mutation ${$} { classify(image: $image, model: "no-such-model") { labels { name } } }`,
      { image },
    );
    expectRefused(answer, 'MODEL_NOT_FOUND');
    expect(answer.errors[0]?.message).toContain('builtin-classifier');
  });

  it.each(['road-segmentation-adas-0001', 'builtin-road-2'])(
    'never answers for %s with another',
    async (model) => {
      const query = `mutation ${$} { segmentRoad(image: $image, model: "${model}") { model { id } } }`;
      expectRefused(
        await send(client, query, { image }),
        model === 'builtin-road-2' ? 'MODEL_NOT_FOUND' : 'MODEL_UNAVAILABLE',
      );
    },
  );

  it('says of a model with a wrong file what is the matter, and nothing of its own folders', async () => {
    const query = `mutation ${$} { detectObjects(image: $image, model: "yolox-nano") { model { id } } }`;
    const answer = await send(client, query, { image });
    expectRefused(answer, 'MODEL_UNAVAILABLE');
    const { message = '' } = answer.errors[0] ?? {};
    expect(message).toMatch(/in the mirror yolox_nano\.onnx has 5 bytes, and \d+ were expected/);
    expect(message).not.toContain(basename(mirror));
  });

  it.each(['cancelJob', 'retryJob'])('refuses %s for a job that does not exist', async (mutation) => {
    expectRefused(await send(client, `mutation { ${mutation}(id: "sr-none") { id } }`), 'JOB_NOT_FOUND');
  });

  it('answers null for a job that does not exist', async () => {
    expect(await send(client, '{ job(id: "sr-none") { id } }')).toMatchObject({
      data: { job: null },
      errors: [],
    });
  });

  it('refuses a bomb of 11 aliases', async () => {
    const fields = Array.from(
      { length: 11 },
      (_, index) => `a${index}: classify(image: $image) { labels { name } }`,
    );
    expectRefused(await send(client, `mutation ${$} { ${fields.join(' ')} }`, { image }), 'QUERY_TOO_COSTLY');
  });

  it('refuses aliases of what is dear inside one field', async () => {
    const fields = Array.from({ length: 50 }, (_, index) => `a${index}: road { overlay { url } }`);
    const query = `mutation ${$} { analyze(image: $image) { ${fields.join(' ')} } }`;
    expectRefused(await send(client, query, { image }), 'QUERY_TOO_COSTLY');
  });

  it('refuses a query that goes round in circles', async () => {
    const query =
      '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }';
    expectRefused(await send(client, query), 'GRAPHQL_VALIDATION_FAILED');
  });

  it('refuses fragments that double at each level, at once', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ ...F0 } ${fragments.join(' ')} fragment F40 on Query { __typename }`;
    expectRefused(await send(client, query), 'QUERY_TOO_COSTLY');
  });
});

describe.skipIf(inject('shared') === null)('the requests that were found', () => {
  it.each(['negative-first', 'models-labels-amplify'])('%s is refused by its cost', async (name) => {
    const query = await readFile(join(inject('shared') ?? '', `cases/requests/${name}.graphql`), 'utf8');
    expectRefused(await client.post(query), 'QUERY_TOO_COSTLY');
    expectRefused(await client.overSocket(query), 'QUERY_TOO_COSTLY');
  });
});
