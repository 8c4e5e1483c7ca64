import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readlink, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { DiskStore } from '../../src/storage/disk.js';
import { temporaryFolder } from './folder.js';
import { describeObjectStore } from './object-store-suite.js';

describeObjectStore('DiskStore', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'okulo-storage-'));
  return {
    store: new DiskStore(join(folder, 'made/when/needed')),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
});

const bytes = new TextEncoder().encode('bytes');
const anHourAndMoreAgo = new Date(Date.now() - 4_000_000);

describe('DiskStore', () => {
  it('leaves nothing in staging, neither after a put nor after one that failed', async () => {
    const folder = await temporaryFolder();
    const store = new DiskStore(folder);
    await store.put('a/b', bytes);
    // The key is a folder of another key, which a file system cannot hold.
    await expect(store.put('a', bytes)).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      what: 'write a',
      cause: { code: expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST/) as unknown },
    });
    expect(await readdir(join(folder, '.staging'))).toEqual([]);
    expect(await store.has('a/b')).toBe(true);
  });

  it('clears what a killed process left in staging, and leaves a write that is under way', async () => {
    const folder = await temporaryFolder();
    const store = new DiskStore(folder);
    await mkdir(join(folder, '.staging'));
    await writeFile(join(folder, '.staging/stray'), bytes);
    await utimes(join(folder, '.staging/stray'), anHourAndMoreAgo, anHourAndMoreAgo);
    await writeFile(join(folder, '.staging/fresh'), bytes);
    expect(await store.expire(new Date())).toBe(0);
    expect(await readdir(join(folder, '.staging'))).toEqual(['fresh']);
  });

  it('expires by age, and removes the folders that this empties', async () => {
    const folder = await temporaryFolder();
    const store = new DiskStore(folder);
    await store.put('jobs/old/tiles/1', bytes);
    await store.put('jobs/new/tiles/1', bytes);
    await utimes(join(folder, 'jobs/old/tiles/1'), anHourAndMoreAgo, anHourAndMoreAgo);
    expect(await store.expire(new Date(Date.now() - 3_600_000))).toBe(1);
    expect(await readdir(join(folder, 'jobs'))).toEqual(['new']);
    expect(existsSync(folder)).toBe(true);
  });

  it('keeps every object that is put while empty folders are being removed', async () => {
    const store = new DiskStore(await temporaryFolder());
    const state = { putting: true };
    const sweeps = Array.from({ length: 3 }, async () => {
      while (state.putting) await store.expire(new Date(0));
    });
    for (let round = 0; round < 100; round += 1) {
      await store.put('jobs/1/tiles/1', bytes);
      expect(await store.has('jobs/1/tiles/1')).toBe(true);
      await store.delete('jobs/1/tiles/1');
    }
    state.putting = false;
    await Promise.all(sweeps);
  });

  it.skipIf(!existsSync('/proc/self/fd'))(
    'closes the file of a stream that is destroyed unread',
    async () => {
      const folder = await temporaryFolder();
      const store = new DiskStore(folder);
      await store.put('a', bytes);
      const openFiles = async (): Promise<string[]> => {
        const names = await readdir('/proc/self/fd');
        // The descriptor of the listing itself is closed before it can be read.
        const links = await Promise.all(
          names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
        );
        return links.filter((link) => link.startsWith(folder));
      };
      const object = await store.open('a');
      expect(await openFiles()).toHaveLength(1);
      const closed = finished(object?.stream.destroy() ?? expect.fail('no object')).catch(() => undefined);
      await closed;
      expect(await openFiles()).toHaveLength(0);
    },
  );

  it('does not list files whose names are no keys', async () => {
    const folder = await temporaryFolder();
    const store = new DiskStore(folder);
    await store.put('a', bytes);
    await writeFile(join(folder, 'READ ME'), bytes);
    const keys: string[] = [];
    for await (const key of store.list('')) keys.push(key);
    expect(keys).toEqual(['a']);
  });
});
