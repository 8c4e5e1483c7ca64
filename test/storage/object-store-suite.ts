import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ObjectStore } from '../../src/storage/object-store.js';

export interface StoreUnderTest {
  readonly store: ObjectStore;
  readonly dispose: () => Promise<void>;
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

async function keysUnder(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  return keys;
}

/** What every object store promises. `make` gives an empty one for each test. */
export function describeObjectStore(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} as an object store`, () => {
    let store: ObjectStore;
    let dispose: () => Promise<void>;
    beforeEach(async () => {
      ({ store, dispose } = await make());
    });
    afterEach(() => dispose());

    it('gives back the bytes that were put', async () => {
      const bytes = randomBytes(300_000);
      await store.put('jobs/one/output.png', bytes);
      expect(bytes.equals((await store.get('jobs/one/output.png')) ?? Buffer.alloc(0))).toBe(true);
      expect(await store.has('jobs/one/output.png')).toBe(true);
    });

    it('takes a file, which stays where it is', async () => {
      const bytes = randomBytes(300_000);
      const folder = await mkdtemp(join(tmpdir(), 'okulo-file-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const path = join(folder, 'output');
      await writeFile(path, bytes);
      await store.putFile('jobs/one/output.png', path);
      const object = await store.open('jobs/one/output.png');
      expect(object).toMatchObject({ bytes: 300_000, mediaType: 'image/png' });
      expect(object && bytes.equals(await buffer(object.stream))).toBe(true);
      expect(bytes.equals(await readFile(path))).toBe(true);
      await expect(store.putFile('jobs/one/other.png', join(folder, 'none'))).rejects.toThrow('ENOENT');
      expect(await store.has('jobs/one/other.png')).toBe(false);
    });

    it('opens an object as a stream with its length and media type', async () => {
      const bytes = randomBytes(300_000);
      await store.put('crops/a.jpg', bytes);
      const object = await store.open('crops/a.jpg');
      expect(object).toMatchObject({ bytes: 300_000, mediaType: 'image/jpeg' });
      expect(object && bytes.equals(await buffer(object.stream))).toBe(true);
    });

    it('opens a part of an object, and still tells the length of the whole', async () => {
      const bytes = randomBytes(300_000);
      await store.put('crops/a.jpg', bytes);
      for (const [start, end] of [
        [0, 0],
        [1000, 200_999],
        [299_999, 299_999],
        [0, 299_999],
      ] as const) {
        const object = await store.open('crops/a.jpg', { start, end });
        expect(object).toMatchObject({ bytes: 300_000, mediaType: 'image/jpeg' });
        expect(object && bytes.subarray(start, end + 1).equals(await buffer(object.stream))).toBe(true);
      }
    });

    it('tells of an object without opening it, by a tag that other bytes do not have', async () => {
      await store.put('crops/a.jpg', text('one'));
      const first = await store.look('crops/a.jpg');
      expect(first).toMatchObject({
        bytes: 3,
        mediaType: 'image/jpeg',
        etag: expect.stringMatching(/^"[^"]+"$/) as unknown,
      });
      for (const range of [undefined, { start: 1, end: 1 }]) {
        const object = await store.open('crops/a.jpg', range);
        object?.stream.destroy();
        expect(object).toMatchObject(first ?? {});
      }
      // Of the same length, and within one tick of the clock.
      await store.put('crops/a.jpg', text('two'));
      const second = await store.look('crops/a.jpg');
      expect(second?.bytes).toBe(3);
      expect(second?.etag).not.toBe(first?.etag);
    });

    it('stores an object of no bytes', async () => {
      await store.put('empty', text(''));
      expect(await store.get('empty')).toHaveLength(0);
      const object = await store.open('empty');
      expect(object && (await buffer(object.stream))).toHaveLength(0);
    });

    it('says that a prefix of keys is no object', async () => {
      await store.put('jobs/one/output.png', text('x'));
      for (const key of ['nothing', 'jobs', 'jobs/one', 'jobs/one/output.png/inside']) {
        expect(await store.get(key)).toBeUndefined();
        expect(await store.open(key)).toBeUndefined();
        expect(await store.look(key)).toBeUndefined();
        expect(await store.has(key)).toBe(false);
      }
    });

    it('replaces an object, and readers meanwhile see one version or the other whole', async () => {
      const versions = [1, 2].map((fill) => Buffer.alloc(400_000, fill));
      const whole = versions.map((version) => version.toString('latin1'));
      await store.put('tile.bin', text('first'));
      const state = { writing: true };
      const writes = (async () => {
        for (let round = 0; round < 10; round += 1) {
          await Promise.all(versions.map((version) => store.put('tile.bin', version)));
        }
        state.writing = false;
      })();
      let reads = 0;
      while (state.writing) {
        const seen = Buffer.from((await store.get('tile.bin')) ?? []).toString('latin1');
        expect(seen === 'first' || whole.includes(seen)).toBe(true);
        reads += 1;
      }
      await writes;
      expect(reads).toBeGreaterThan(0);
    });

    it('lists the keys under a prefix, in order, and none that only begins with the same letters', async () => {
      const keys = ['jobs/a-b/1', 'jobs/a.b', 'jobs/a/2', 'jobs/a/tiles/1', 'jobs/ab/1', 'other'];
      for (const key of [...keys].reverse()) await store.put(key, text(key));
      expect(await keysUnder(store, '')).toEqual(keys);
      expect(await keysUnder(store, 'jobs/a')).toEqual(['jobs/a/2', 'jobs/a/tiles/1']);
      expect(await keysUnder(store, 'jobs/a/')).toEqual(['jobs/a/2', 'jobs/a/tiles/1']);
      expect(await keysUnder(store, 'nothing')).toEqual([]);
    });

    it('deletes one object, and a missing one without complaint', async () => {
      await store.put('a', text('a'));
      await store.put('b/c', text('c'));
      await store.delete('a');
      await store.delete('a');
      await store.delete('b');
      expect(await keysUnder(store, '')).toEqual(['b/c']);
    });

    it('deletes everything under a prefix and nothing beside it', async () => {
      for (const key of ['jobs/a/1', 'jobs/a/tiles/1', 'jobs/ab/1']) await store.put(key, text(key));
      await store.deletePrefix('jobs/a/');
      await store.deletePrefix('jobs/a');
      await store.deletePrefix('jobs/ab/1');
      expect(await keysUnder(store, '')).toEqual(['jobs/ab/1']);
    });

    it('expires what was last written before a time, and counts it', async () => {
      for (const key of ['a', 'b/c', 'b/d/e']) await store.put(key, text(key));
      expect(await store.expire(new Date(Date.now() - 60_000))).toBe(0);
      expect(await keysUnder(store, '')).toHaveLength(3);
      expect(await store.expire(new Date(Date.now() + 60_000))).toBe(3);
      expect(await keysUnder(store, '')).toEqual([]);
      await store.put('b/c', text('again'));
      expect(await store.has('b/c')).toBe(true);
    });

    it.each([
      '',
      '/',
      'a/',
      '/a',
      'a//b',
      '.',
      '..',
      'a/../b',
      '../a',
      '.hidden',
      'A',
      'ä',
      'a b',
      'a\\b',
      'a\0',
    ])('refuses %j as a key', async (key) => {
      await expect(store.put(key, text('x'))).rejects.toThrow(RangeError);
      await expect(store.get(key)).rejects.toThrow(RangeError);
      await expect(store.open(key)).rejects.toThrow(RangeError);
      await expect(store.look(key)).rejects.toThrow(RangeError);
      await expect(store.has(key)).rejects.toThrow(RangeError);
      await expect(store.delete(key)).rejects.toThrow(RangeError);
      // A prefix may end with its slash.
      if (key === 'a/') return;
      await expect(store.deletePrefix(key)).rejects.toThrow(RangeError);
      if (key !== '') await expect(keysUnder(store, key)).rejects.toThrow(RangeError);
    });

    it('says where it is', () => {
      expect(store.address).not.toBe('');
    });
  });
}
