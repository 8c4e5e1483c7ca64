/** The requests of the page in every language that it shows them in, run as they stand. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/build-inputs.mjs';
import { digestOfKey, newApiKey } from '../../src/auth/api-key.js';
import { changeKeyFile } from '../../src/auth/key-file.js';
import { curlCommand } from '../../src/studio/app/request/curl.js';
import type { PlainRequest } from '../../src/studio/app/request/plain-request.js';
import { pythonProgram, pythonSubscription } from '../../src/studio/app/request/python.js';
import { typescriptProgram, typescriptSubscription } from '../../src/studio/app/request/typescript.js';
import { operation } from '../kit/service-operations.js';
import { picture } from '../kit/service-pictures.js';
import { startService, type TestService } from '../kit/service.js';

const run = promisify(execFile);
/** Quotes, separators, a backslash, what templates and Python would take for theirs, and letters of elsewhere. */
const NAMES = [`it's "a" 图; ,.jpg`, 'back\\slash ${HOME} `x`.jpg', 'plain.jpg'];

interface Language {
  readonly name: string;
  readonly program: (request: PlainRequest) => string;
  readonly subscription?: (request: PlainRequest) => string;
  readonly file: string;
  readonly command: readonly [string, ...string[]];
  /** Python code that succeeds where there is what it takes. */
  readonly needs?: { readonly program: string; readonly subscription: string };
}

const LANGUAGES: readonly Language[] = [
  { name: 'curl', program: curlCommand, file: 'request.sh', command: ['sh'] },
  {
    name: 'TypeScript',
    program: typescriptProgram,
    subscription: typescriptSubscription,
    file: 'request.mts',
    command: [process.execPath, '--import', join(ROOT, 'node_modules/tsx/dist/esm/index.mjs')],
  },
  {
    name: 'Python',
    program: pythonProgram,
    subscription: pythonSubscription,
    file: 'request.py',
    command: ['python3'],
    needs: { program: 'import requests', subscription: 'import gql, websockets' },
  },
];

const can = async (code: string | undefined): Promise<boolean> =>
  code === undefined ||
  run('python3', ['-c', code]).then(
    () => true,
    () => false,
  );
const HERE = await Promise.all(
  LANGUAGES.map(async (language) => ({
    ...language,
    runs: await can(language.needs?.program),
    follows: language.subscription !== undefined && (await can(language.needs?.subscription)),
  })),
);
for (const { name, runs } of HERE)
  if (!runs) console.log(`Not run: requests in ${name} (not installed here).`);

let service: TestService;
let locked: TestService;
let folder: string;
const key = newApiKey();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okulo-requests-'));
  const keys = join(folder, 'keys.json');
  const entry = { name: 'a', sha256: digestOfKey(key), createdAt: new Date().toISOString() };
  await changeKeyFile(keys, () => [entry]);
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const bytes = await picture();
  for (const name of NAMES) await writeFile(join(folder, name), bytes);
  [service, locked] = await Promise.all([startService(), startService({ env: { API_KEYS_FILE: keys } })]);
});
afterAll(async () => {
  await service.stop();
  await locked.stop();
  await rm(folder, { recursive: true });
});

async function answerOf({ file, command }: Language, text: string): Promise<unknown> {
  await writeFile(join(folder, file), text);
  const [program, ...options] = command;
  const { stdout } = await run(program, [...options, file], {
    cwd: folder,
    env: { ...process.env, OKULO_KEY: key },
  });
  return JSON.parse(stdout);
}

const classify = (name: string, needsKey = false): PlainRequest => ({
  address: `${(needsKey ? locked : service).url}/graphql`,
  query: operation('classify'),
  variables: { image: { upload: new File([''], name) }, topK: 2, minScore: 0, model: undefined },
  needsKey,
});
const LABELS = { classify: { labels: { length: 2 } } };

describe.each(HERE)('a request in $name', (language) => {
  const { program, subscription, runs, follows } = language;

  it.runIf(runs).each(NAMES)('sends the file %s', async (name) => {
    const answer = await answerOf(language, program(classify(name)));
    expect(language.name === 'curl' ? answer : { data: answer }).toMatchObject({ data: LABELS });
  });

  it.runIf(runs)('sends a key from the environment, and never writes it out', async () => {
    const text = program(classify('plain.jpg', true));
    expect(text).not.toContain(key);
    const answer = await answerOf(language, text);
    expect(language.name === 'curl' ? answer : { data: answer }).toMatchObject({ data: LABELS });
  });

  it.runIf(runs)('asks without files, with what each language calls by a name of its own', async () => {
    const query =
      'query Q($id: ID!, $no: Boolean!) { model(id: $id) { id title @include(if: $no) license } }';
    const variables = { id: 'builtin-road', no: false };
    const request = { address: `${service.url}/graphql`, query, variables, needsKey: false };
    const answer = await answerOf(language, program(request));
    const model = { id: 'builtin-road' };
    expect(language.name === 'curl' ? answer : { data: answer }).toMatchObject({ data: { model } });
  });

  it.runIf(runs && language.name !== 'curl')('fails with the words of the service', async () => {
    const request = { ...classify('plain.jpg'), variables: { image: {}, topK: 2 } };
    await expect(answerOf(language, program(request))).rejects.toThrow(/Exactly one key must be specified/);
  });

  it.runIf(follows)('follows a job to its end', { timeout: 60_000 }, async () => {
    if (!subscription) throw new Error('Expected a subscription');
    const form = new FormData();
    const variables = { image: { upload: null } };
    form.set('operations', JSON.stringify({ query: operation('super-resolve'), variables }));
    form.set('map', '{"0":["variables.image.upload"]}');
    form.set('0', new Blob([await picture({ seed: language.name.length })]), 'small.png');
    const headers = { 'apollo-require-preflight': 'true', authorization: `Bearer ${key}` };
    const sent = await fetch(`${locked.url}/graphql`, { method: 'POST', headers, body: form });
    const { data } = (await sent.json()) as { data: { superResolve: { id: string } } };
    const text = subscription({
      address: `${locked.url}/graphql`,
      query: operation('job-updated'),
      variables: { id: data.superResolve.id },
      needsKey: true,
    });
    await writeFile(join(folder, language.file), text);
    const [program, ...options] = language.command;
    const { stdout } = await run(program, [...options, language.file], {
      cwd: folder,
      env: { ...process.env, OKULO_KEY: key },
    });
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/"status": ?"COMPLETED"/);
  });
});

it('passes the strictest checks of TypeScript', { timeout: 60_000 }, async () => {
  const subscription = {
    address: 'https://a.example/graphql',
    query: operation('job-updated'),
    variables: { id: 'sr-1' },
    needsKey: true,
  };
  await writeFile(join(folder, 'one.mts'), typescriptProgram(classify(NAMES[1] ?? '', true)));
  await writeFile(join(folder, 'two.mts'), typescriptSubscription(subscription));
  const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, ...strict, '--skipLibCheck', 'one.mts', 'two.mts'], {
    cwd: folder,
  }).catch((error: unknown) => error as { stdout: string });
  expect(stdout).toBe('');
});
