/** The worked example of examples/bring-your-own as its README tells it, and the slips of who follows it. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp, { type Color } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { startInVain, startService, type TestService } from '../kit/service.js';

const EXAMPLE = 'examples/bring-your-own';

const entryShape = z.looseObject({ id: z.string(), files: z.array(z.looseObject({ digest: z.string() })) });
type Entry = z.infer<typeof entryShape>;

const label = z.object({ name: z.string(), score: z.number() });
const classified = z.object({
  classify: z.object({
    labels: z.array(label),
    model: z.object({ id: z.string(), origin: z.string() }),
  }),
});

let readme: string;
let entry: Entry;
let folder: string;
let service: TestService;
let client: GraphqlClient;

/** Slips that leave the manifest readable, by the model ids that their entries have. */
function slips(broken: Uint8Array): Entry[] {
  const file = { name: 'colours.onnx', path: 'broken.onnx', digest: digestOf(broken) };
  const input = z.looseObject({}).parse(entry.input);
  return [
    { ...entry, id: 'digest', files: [{ ...file, digest: `sha256:${'0'.repeat(64)}` }] },
    { ...entry, id: 'labels', labels: Array.from({ length: 10 }, (_, index) => `label ${index}`) },
    { ...entry, id: 'size', input: { ...input, width: 64 } },
    { ...entry, id: 'operator', files: [file] },
  ];
}

beforeAll(async () => {
  readme = await readFile(join(EXAMPLE, 'README.md'), 'utf8');
  const [, manifest = ''] = /MODEL_MANIFESTS=(\S+) npm start/.exec(readme) ?? [];
  const { models } = z.object({ models: z.tuple([entryShape]) }).parse(await jsonOf(manifest));
  [entry] = models;

  folder = await dataFolder();
  const network = await readFile(join(EXAMPLE, 'colours.onnx'));
  const broken = Buffer.from(network.toString('latin1').replace('AveragePool', 'AveragePoll'), 'latin1');
  await writeFile(join(folder, 'broken.onnx'), broken);
  await writeFile(join(folder, 'colours.onnx'), network);
  await writeFile(join(folder, 'labels.txt'), await readFile(join(EXAMPLE, 'labels.txt')));
  const mistaken = await manifestOf('slips.json', slips(broken));
  service = await startService({ env: { MODEL_MANIFESTS: `${manifest},${mistaken}` } });
  client = new GraphqlClient(service.url);
});
afterAll(async () => {
  await service.stop();
  await removeFolder(folder);
});

describe('the model of the example', () => {
  it('has the digest that its manifest names, of the file that lies there', async () => {
    expect(entry.files[0]?.digest).toBe(digestOf(await readFile(join(EXAMPLE, 'colours.onnx'))));
  });

  it('is listed as the operator’s own, ready, and not the default', async () => {
    expect(await listed()).toContainEqual({
      id: 'colours',
      origin: 'CUSTOM',
      status: 'READY',
      isDefault: false,
      unavailableReason: null,
    });
  });

  it('answers the request of the README with the answer of the README', async () => {
    const { operations, map, file } = curl();
    const form = new FormData();
    form.set('operations', operations);
    form.set('map', map);
    form.set('0', new Blob([await readFile(file)]), file);
    const answer = await client.send({ headers: { 'apollo-require-preflight': 'true' }, body: form });
    const [, printed = ''] = /```json\n(.*?)```/s.exec(readme) ?? [];

    const found = dataOf(answer, classified).classify;
    const expected = z.object({ data: classified }).parse(JSON.parse(printed)).data.classify;
    expect(found.labels[0]?.name).toBe('orange');
    expect(found.labels.map(({ name }) => name)).toEqual(expected.labels.map(({ name }) => name));
    // Decoders of JPEG differ by a grey or two.
    found.labels.forEach(({ score }, at) => expect(score).toBeCloseTo(expected.labels[at]?.score ?? NaN, 1));
    expect(found.model).toEqual(expected.model);
  });

  it.each([
    ['blue', { r: 20, g: 40, b: 230 }],
    ['green', { r: 0, g: 160, b: 30 }],
    ['white', { r: 250, g: 252, b: 250 }],
  ])('knows a %s picture', async (name, background) => {
    const { labels } = await classify(background, 'colours');
    expect(labels[0]?.name).toBe(name);
    expect(labels[0]?.score).toBeGreaterThan(0.5);
  });

  it('leaves requests that name no model to the default', async () => {
    const { model } = await classify({ r: 20, g: 40, b: 230 }, null);
    expect(model.id).not.toBe('colours');
    expect((await listed()).find(({ isDefault }) => isDefault)?.id).toBe(model.id);
  });
});

describe('an entry with a slip', () => {
  it.each(['digest', 'labels', 'size', 'operator'])(
    'is unavailable, and told in the words of the README: %s',
    async (id) => {
      const model = (await listed()).find((candidate) => candidate.id === id);
      const reason = model?.unavailableReason ?? '';
      expect(model?.status).toBe('UNAVAILABLE');
      expect(reason).toMatch(/^The file colours\.onnx [^\n]*\.$/);
      const told = promises().filter((words) => matches(reason, words));
      expect(told, reason).toHaveLength(1);

      const answer = await client.post(CLASSIFY, {
        ...flat(await pictureOf({ r: 0, g: 0, b: 0 })),
        model: id,
      });
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['MODEL_UNAVAILABLE']);
      expect(answer.errors[0]?.message).toContain(`Model ${id} cannot be used: ${reason}`);
    },
  );

  it('that names an unknown parser stops the start, by file and member', async () => {
    const manifest = await manifestOf('parser.json', [{ ...entry, output: { parser: 'magic' } }]);
    const { code, stderr } = await startInVain('serve', { MODEL_MANIFESTS: manifest });
    expect(code).toBe(1);
    expect(stderr).toContain(manifest);
    expect(stderr).toContain('models[0].output.parser');
    expect(stderr).toContain('softmax-top-k');
  });
});

const CLASSIFY = `mutation ($image: ImageInput!, $model: ID) {
  classify(image: $image, model: $model, topK: 3) { labels { name score } model { id origin } }
}`;

async function classify(colour: Color, model: string | null) {
  const answer = await client.post(CLASSIFY, { ...flat(await pictureOf(colour)), model });
  return dataOf(answer, classified).classify;
}

function pictureOf(background: Color): Promise<Buffer> {
  return sharp({ create: { width: 80, height: 60, channels: 3, background } })
    .png()
    .toBuffer();
}

function flat(png: Buffer): { image: { base64: string } } {
  return { image: { base64: png.toString('base64') } };
}

/** What the README's second command asks: the list of models. */
async function listed() {
  const [, body = ''] = /-d '(\{"query":.*?\})'/.exec(readme) ?? [];
  const { query } = z.object({ query: z.string() }).parse(JSON.parse(body));
  const model = z.object({
    id: z.string(),
    origin: z.string(),
    status: z.string(),
    isDefault: z.boolean(),
    unavailableReason: z.string().nullable(),
  });
  return dataOf(await client.post(query), z.object({ models: z.array(model) })).models;
}

/** The parts of the README's request with a picture. */
function curl(): { operations: string; map: string; file: string } {
  const {
    operations = '',
    map = '',
    file = '',
  } = /-F operations='(?<operations>[^']+)'.*?-F map='(?<map>[^']+)' -F 0=@(?<file>\S+)/s.exec(readme)
    ?.groups ?? {};
  return { operations, map, file };
}

/** The right column of the README's table of what goes wrong. */
function promises(): string[] {
  const [, table = ''] = readme.split('## What goes wrong');
  return [...table.matchAll(/\| (?<words>The file [^|]*?) *\|/g)].map(({ groups }) => groups?.words ?? '');
}

/** Whether a message is what the README writes, where … stands for anything. */
function matches(message: string, words: string): boolean {
  const parts = words.split('…').map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(message);
}

async function manifestOf(name: string, models: readonly Entry[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify({ models }));
  return path;
}

async function jsonOf(path: string): Promise<unknown> {
  return JSON.parse(await readFile(resolve(path), 'utf8'));
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
