import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ManifestEntry, ModelFile } from '../../src/registry/manifest.js';
import { NotObtainable, obtain, type Sources } from '../../src/registry/sources.js';
import { freePort } from '../kit/redis-server.js';
import { serve } from './file-server.js';
import { described, entryOf, fileOf, offline, temporaryFolder } from './model-folder.js';

const CONTENT = 'the weights of a network';
const DAMAGED = 'the weights of a netwark';

/** A model with one file, the places where it may be, and what lies in none of them yet. */
async function model(more: Partial<ModelFile> = {}): Promise<{ entry: ManifestEntry; file: ModelFile }> {
  const file = fileOf(CONTENT, more);
  return { file, entry: await entryOf(described({ files: [file] })) };
}

async function put(path: string, content = CONTENT): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** What `obtain` says when it finds the file nowhere. */
async function complaint(entry: ManifestEntry, file: ModelFile, sources: Sources): Promise<string> {
  const error: unknown = await obtain(entry, file, sources).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotObtainable);
  return error instanceof Error ? error.message : '';
}

describe('a model file is taken', () => {
  test('from beside the manifest before any other place', async () => {
    const { entry, file } = await model({ path: 'weights/w.bin' });
    const sources = await offline();
    await put(join(sources.cacheDir, 'files', 'tiny', 'weights.bin'));
    const beside = await put(join(entry.folder, 'weights/w.bin'));
    expect(await obtain(entry, file, sources)).toBe(beside);
  });

  test('from the cache before the mirror', async () => {
    const { entry, file } = await model();
    const mirror = await temporaryFolder();
    await put(join(mirror, 'tiny', 'weights.bin'));
    const sources = await offline({ mirror });
    const cached = await put(join(sources.cacheDir, 'files', 'tiny', 'weights.bin'));
    expect(await obtain(entry, file, sources)).toBe(cached);
  });

  test('from a mirror folder where it lies, even with downloads off', async () => {
    const { entry, file } = await model();
    const mirror = await temporaryFolder();
    const mirrored = await put(join(mirror, 'tiny', 'weights.bin'));
    expect(await obtain(entry, file, await offline({ mirror }))).toBe(mirrored);
  });

  test('from a mirror address before the published one, into the cache', async () => {
    const published = await serve((_request, response) => response.end(CONTENT));
    const mirror = await serve((_request, response) => response.end(CONTENT));
    const { entry, file } = await model({ url: `${published.url}/w` });
    const sources = await offline({ mirror: `${mirror.url}/models/`, network: true });
    const path = await obtain(entry, file, sources);
    expect(path).toBe(join(sources.cacheDir, 'files', 'tiny', 'weights.bin'));
    expect(await readFile(path, 'utf8')).toBe(CONTENT);
    expect([mirror.asked, published.asked]).toEqual([['/models/tiny/weights.bin'], []]);
  });

  test('from the published address when the mirror has none', async () => {
    const published = await serve((_request, response) => response.end(CONTENT));
    const mirror = await serve((_request, response) => response.writeHead(404).end());
    const { entry, file } = await model({ url: `${published.url}/w` });
    const path = await obtain(entry, file, await offline({ mirror: mirror.url, network: true }));
    expect(await readFile(path, 'utf8')).toBe(CONTENT);
    expect(published.asked).toEqual(['/w']);
  });

  test('from the network only once', async () => {
    const published = await serve((_request, response) => response.end(CONTENT));
    const { entry, file } = await model({ url: `${published.url}/w` });
    const sources = await offline({ network: true });
    const first = await obtain(entry, file, sources);
    expect(await obtain(entry, file, sources)).toBe(first);
    expect(published.asked).toHaveLength(1);
  });
});

describe('a damaged file', () => {
  test('in the mirror folder is passed over for the published address', async () => {
    const published = await serve((_request, response) => response.end(CONTENT));
    const { entry, file } = await model({ url: `${published.url}/w` });
    const mirror = await temporaryFolder();
    await put(join(mirror, 'tiny', 'weights.bin'), DAMAGED);
    const path = await obtain(entry, file, await offline({ mirror, network: true }));
    expect(await readFile(path, 'utf8')).toBe(CONTENT);
  });

  test('in the cache is replaced by a right one', async () => {
    const published = await serve((_request, response) => response.end(CONTENT));
    const { entry, file } = await model({ url: `${published.url}/w` });
    const sources = await offline({ network: true });
    const cached = await put(join(sources.cacheDir, 'files', 'tiny', 'weights.bin'), DAMAGED);
    expect(await obtain(entry, file, sources)).toBe(cached);
    expect(await readFile(cached, 'utf8')).toBe(CONTENT);
    expect(await readdir(dirname(cached))).toEqual(['weights.bin']);
  });
});

describe('a file that is to be had nowhere', () => {
  test('has every place told, with what was wrong there', async () => {
    const published = await serve((_request, response) => response.writeHead(404).end());
    const { entry, file } = await model({ path: 'w.bin', url: `${published.url}/w` });
    const mirror = await temporaryFolder();
    const mirrored = await put(join(mirror, 'tiny', 'weights.bin'), DAMAGED);
    const sources = await offline({ mirror, network: true });
    const message = await complaint(entry, file, sources);
    expect(message).toMatch(/^the file weights\.bin could not be downloaded: /);
    expect(message).toContain('beside its manifest there is none');
    expect(message).toContain('in the model cache there is none');
    expect(message).toContain(`${mirrored} has the digest`);
    expect(message).toContain(`${published.url}/w: the server answered 404`);
  });

  test('is not asked for over the network when it may not be, which the message says', async () => {
    const server = await serve((_request, response) => response.end(CONTENT));
    const { entry, file } = await model({ url: `${server.url}/w` });
    const message = await complaint(entry, file, await offline({ mirror: server.url }));
    expect(message).toContain('the network was not tried');
    expect(server.asked).toEqual([]);
  });

  test('does not let one unreachable server hide what another said', async () => {
    const mirror = `http://127.0.0.1:${await freePort()}`;
    const published = await serve((_request, response) => response.writeHead(410).end());
    const { entry, file } = await model({ url: `${published.url}/w` });
    const message = await complaint(entry, file, await offline({ mirror, network: true }));
    expect(message).toMatch(/ECONNREFUSED.*410 Gone/s);
  });

  test('tells a network that is not there from an answer of no use', async () => {
    const because = async (url: string, network = true): Promise<unknown> => {
      const { entry, file } = await model({ url });
      const sources = await offline({ network });
      return obtain(entry, file, sources).then(
        () => 'it was had',
        (error: unknown) => error instanceof NotObtainable && error.because,
      );
    };
    const published = await serve((_request, response) => response.writeHead(404).end());
    expect(await because(`http://127.0.0.1:${await freePort()}/w`)).toBe('UNREACHABLE');
    expect(await because('http://no-such-host.invalid/w')).toBe('UNREACHABLE');
    expect(await because(`${published.url}/w`)).toBe('OTHER');
    expect(await because(`${published.url}/w`, false)).toBe('NOT_FETCHED');
  });
});
