import { EventEmitter, once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serve } from '../registry/file-server.js';
import { sha256, temporaryFolder, writeManifest } from '../registry/model-folder.js';
import { okulo, startOkulo } from './run-okulo.js';

/** The shipped manifest's models are there as well: these come on top. */
const MODEL = resolve('models/builtin/superres/model.onnx');

/** An operator's manifest with one model that is to be had from an HTTP server, and a cache that is empty. */
async function operators(more: { id?: string; digest?: string; bytes?: number; url?: string } = {}) {
  const content = await readFile(MODEL);
  const { id = 'mine', digest = sha256(content), bytes = content.length, url } = more;
  const MODEL_MANIFESTS = await writeManifest([
    {
      id,
      task: 'SUPER_RESOLVE',
      title: 'A small network',
      license: 'Apache-2.0',
      format: 'onnx',
      precision: 'FP32',
      files: [{ name: 'model.onnx', digest, bytes, ...(url !== undefined && { url }) }],
      input: { scale: 1 / 255 },
      output: { parser: 'super-resolution', scale: 4, receptiveFieldRadius: 8 },
    },
  ]);
  const MODEL_CACHE = join(await temporaryFolder(), 'cache');
  return { content, env: { MODEL_MANIFESTS, MODEL_CACHE } };
}

async function mirrored() {
  const content = await readFile(MODEL);
  return serve((_request, response) =>
    response.writeHead(200, { 'content-length': content.length }).end(content),
  );
}

/** What lies in a cache, without the random parts of names. */
async function filesIn(cache: string): Promise<string[]> {
  const names = await readdir(cache, { recursive: true });
  return names.filter((name) => name.includes('.')).sort();
}

describe('okulo models list', () => {
  test('tells of each model how much of it is here', async () => {
    const { url } = await mirrored();
    const { env } = await operators({ url });
    const { code, stdout } = await okulo(['models', 'list'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^model +task +format +origin +state\n/);
    expect(stdout).toMatch(/^mine +SUPER_RESOLVE +onnx +CUSTOM +to be fetched \(0\.3 MB\): prepare it$/m);
    expect(stdout).toMatch(/^builtin-road +SEGMENT_ROAD .* files are here: prepare it$/m);
  });

  test('tells it to programs as JSON', async () => {
    const { env } = await operators();
    await okulo(['models', 'prepare', 'builtin-superres-x4'], env);
    const { stdout } = await okulo(['models', 'list', '--json'], env);
    const models = JSON.parse(stdout) as { id: string }[];
    expect(models.find(({ id }) => id === 'builtin-superres-x4')).toMatchObject({
      task: 'SUPER_RESOLVE',
      origin: 'BUILT_IN',
      presence: 'PREPARED',
      isDefault: true,
      missingBytes: 0,
    });
    expect(models.find(({ id }) => id === 'mine')).toMatchObject({ presence: 'FILES_MISSING' });
  });
});

describe('okulo models prepare', () => {
  test('fetches, converts and proves a model, in plain lines where there is no terminal', async () => {
    const { url } = await mirrored();
    const { env } = await operators({ url: `${url}/model.onnx` });
    const { code, stdout, stderr } = await okulo(['models', 'prepare', 'mine'], env);
    expect(stderr).toMatch(
      new RegExp(
        `^mine: fetching model.onnx \\(0.3 MB\\) from ${url}/model.onnx\n` +
          '(mine: model.onnx: (25|50|75) %\n)*mine: model.onnx: 100 %\n' +
          'mine: converting\nmine: running it once\n$',
      ),
    );
    expect(stdout).toMatch(
      /^mine: fetched and prepared in [\d.]+ s\n1 prepared now, 0 prepared before, 0 failed\n$/,
    );
    expect(code).toBe(0);
    expect((await okulo(['models', 'prepare', 'mine'], env)).stdout).toMatch(/^mine: is prepared\n/);
  });

  test('tries a mirror address first', async () => {
    const mirror = await mirrored();
    const { env } = await operators({ url: 'http://127.0.0.1:9/never' });
    const { code } = await okulo(['models', 'prepare', 'mine'], { ...env, MODEL_MIRROR: mirror.url });
    expect([code, mirror.asked]).toEqual([0, ['/mine/model.onnx']]);
  });

  test('says what to do when a file could not be downloaded, and goes on with the next model', async () => {
    const { env } = await operators();
    const { code, stdout } = await okulo(['models', 'prepare', 'mine', 'builtin-superres-x4'], env);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^mine: FAILED\. The file model\.onnx could not be downloaded: .* set MODEL_MIRROR to a folder or an address that has it\.$/m,
    );
    expect(stdout).toMatch(/^builtin-superres-x4: prepared in /m);
    expect(stdout).toMatch(/^1 prepared now, 0 prepared before, 1 failed$/m);
  });

  test('fetches nothing where downloads are off', async () => {
    const { url, asked } = await mirrored();
    const { env } = await operators({ url });
    const { code, stdout } = await okulo(['models', 'prepare', 'mine'], { ...env, MODEL_DOWNLOADS: 'off' });
    expect([code, asked]).toEqual([1, []]);
    expect(stdout).toContain('the network was not tried');
  });

  test('keeps nothing of a file that is not the one that the manifest means', async () => {
    const { url } = await mirrored();
    const { env } = await operators({ url, digest: sha256('another file') });
    const { code, stdout } = await okulo(['models', 'prepare', 'mine'], env);
    expect(code).toBe(1);
    expect(stdout).toMatch(/does not have the digest sha256:[0-9a-f]{64}/);
    expect(await filesIn(env.MODEL_CACHE)).toEqual([]);
  });

  test('goes on where a killed process stopped', async () => {
    const ranges: (string | undefined)[] = [];
    const content = await readFile(MODEL);
    const half = content.length >> 1;
    const stuck = new EventEmitter();
    const halfSent = once(stuck, 'half sent');
    const { url } = await serve(({ headers }, response) => {
      ranges.push(headers.range);
      const from = Number(/\d+/.exec(headers.range ?? '0')?.[0]);
      if (from > 0) {
        response.writeHead(206, {
          'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
          'content-length': content.length - from,
        });
        response.end(content.subarray(from));
        return;
      }
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, half), () => stuck.emit('half sent'));
    });
    const { env } = await operators({ url });
    const first = startOkulo(['models', 'prepare', 'mine'], env);
    await halfSent;
    await partOfSize(env.MODEL_CACHE, half);
    first.kill('SIGKILL');
    await once(first, 'exit');

    expect((await okulo(['models', 'prepare', 'mine'], env)).code).toBe(0);
    expect(ranges).toEqual([undefined, `bytes=${half}-`]);
    expect(await filesIn(env.MODEL_CACHE)).toEqual([
      'files/mine/model.onnx',
      expect.stringMatching(/^prepared\/mine-[0-9a-f]{16}\.onnx$/),
    ]);
  });

  test('does no harm in two processes at once', async () => {
    const { url } = await mirrored();
    const { env, content } = await operators({ url });
    const both = await Promise.all([1, 2].map(() => okulo(['models', 'prepare', 'mine'], env)));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(content.equals(await readFile(join(env.MODEL_CACHE, 'files/mine/model.onnx')))).toBe(true);
    expect(await filesIn(env.MODEL_CACHE)).toHaveLength(2);
    expect((await okulo(['models', 'verify', 'mine'], env)).code).toBe(0);
  });

  test('knows no other models than those of the manifests', async () => {
    const { env } = await operators();
    const { code, stderr } = await okulo(['models', 'prepare', 'yours'], env);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^There is no model 'yours'\. There are: mobilenet-v3-small, .*, mine\.\n$/);
  });
});

describe('okulo models verify', () => {
  test('finds a damaged file and a model that is not prepared', async () => {
    const { env, content } = await operators();
    const file = join(env.MODEL_CACHE, 'files/mine/model.onnx');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    expect((await okulo(['models', 'prepare', 'mine'], env)).code).toBe(0);
    expect((await okulo(['models', 'verify', 'mine'], env)).stdout).toBe('mine: runs, 1 of 1 files here\n');

    content.writeUInt8(content.readUInt8(1000) ^ 1, 1000);
    await writeFile(file, content);
    const damaged = await okulo(['models', 'verify', 'mine'], env);
    expect(damaged.code).toBe(1);
    expect(damaged.stdout).toMatch(/^mine: WRONG\. .*model\.onnx has the digest [0-9a-f]{64}, and sha256:/);
    expect(damaged.stdout).toContain('Put the right file there, or delete it to have it fetched again.');

    const folder = join(env.MODEL_CACHE, 'prepared');
    const [prepared = ''] = await readdir(folder);
    await writeFile(join(folder, prepared), 'half of it');
    const half = await okulo(['models', 'verify'], env);
    expect(half.code).toBe(1);
    expect(half.stdout).toMatch(
      /^mine: WRONG\. .*The prepared file .*\.onnx is damaged\. Run: npm run models -- prepare mine$/m,
    );

    const absent = await okulo(['models', 'verify', 'builtin-road'], env);
    expect(absent.code).toBe(1);
    expect(absent.stdout).toContain('It is not prepared. Run: npm run models -- prepare builtin-road');
  });
});

test.each([[['models', 'fetch']], [['models', 'list', '--yaml']], [['modles']]])(
  'a command line that makes no sense is answered with how it should be: %j',
  async (args) => {
    const { code, stderr } = await okulo(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: unknown (command|option) .*\n/);
    expect(stderr).toMatch(/\nSee: okulo .*--help\n$/);
  },
);

test('a manifest that cannot be read is told in a sentence', async () => {
  const { code, stderr } = await okulo(['models', 'list'], { MODEL_MANIFESTS: '/nowhere/manifest.json' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The model manifest \/nowhere\/manifest\.json cannot be read: .*\n$/);
});

/** Waits until a part of a download has come to a size. */
async function partOfSize(cache: string, bytes: number): Promise<string> {
  for (;;) {
    const [part] = (await filesIn(cache).catch(() => [])).filter((name) => name.endsWith('.part'));
    if (part !== undefined && (await stat(join(cache, part))).size === bytes) return join(cache, part);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
