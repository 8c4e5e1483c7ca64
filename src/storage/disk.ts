import { randomUUID } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeStaged } from '../platform/staged-file.js';
import { attempt, isAbsence, removeIfEmpty, unlessAbsent, walk } from './disk-files.js';
import { assertObjectKey, folderOf, isObjectKey, mediaTypeOf } from './keys.js';
import type { ByteRange, ObjectFacts, ObjectStore, StoredObject } from './object-store.js';

// Inside the root, because a rename is atomic only within one file system. No key starts with a dot.
const STAGING = '.staging';
// A write takes seconds; what lies in staging longer was left by a process that was killed.
const STRAY_AFTER_MS = 3_600_000;
const PUT_ATTEMPTS = 10;

/** Objects as files under one folder, a key being the file's path. Several processes may share the folder. */
export class DiskStore implements ObjectStore {
  readonly address: string;
  readonly #root: string;

  /** @param folder made when the first object is put */
  constructor(folder: string) {
    this.#root = resolve(folder);
    this.address = this.#root;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    // Flushed before the rename: after a power cut an empty file must not stand for a finished tile.
    await this.#stage(key, (staged) => writeFile(staged, bytes, { flush: true }));
  }

  async putFile(key: string, path: string): Promise<void> {
    // One that is not there is no fault of the store.
    await stat(path);
    await this.#stage(key, async (staged) => {
      await copyFile(path, staged);
      const file = await open(staged, 'r+');
      await file.sync().finally(() => file.close());
    });
  }

  async #stage(key: string, write: (staged: string) => Promise<void>): Promise<void> {
    const path = this.#path(key);
    const staged = join(this.#root, STAGING, randomUUID());
    await attempt(`write ${key}`, async () => {
      await mkdir(dirname(staged), { recursive: true });
      await writeStaged({ staged, path, write, publish: renameInto });
    });
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const path = this.#path(key);
    return await attempt(`read ${key}`, () => unlessAbsent(readFile(path)));
  }

  async open(key: string, range?: ByteRange): Promise<StoredObject | undefined> {
    const path = this.#path(key);
    return await attempt(`open ${key}`, async () => {
      const file = await unlessAbsent(open(path));
      if (file === undefined) return undefined;
      try {
        const found = await file.stat({ bigint: true });
        if (found.isFile()) return { ...factsOf(key, found), stream: file.createReadStream(range) };
      } catch (error) {
        await file.close();
        throw error;
      }
      await file.close();
      return undefined;
    });
  }

  async look(key: string): Promise<ObjectFacts | undefined> {
    const path = this.#path(key);
    const found = await attempt(`look for ${key}`, () => unlessAbsent(stat(path, { bigint: true })));
    return found?.isFile() ? factsOf(key, found) : undefined;
  }

  async has(key: string): Promise<boolean> {
    return (await this.look(key)) !== undefined;
  }

  async *list(prefix: string): AsyncGenerator<string> {
    const folder = prefix === '' ? '' : folderOf(prefix);
    const entries = walk(this.#root, folder);
    for (;;) {
      const next = await attempt(`list ${folder || 'the store'}`, () => entries.next());
      if (next.done === true) return;
      const { kind, name } = next.value;
      // Files that were put there by hand may have names that are no keys.
      if (kind === 'file' && isObjectKey(name)) yield name;
    }
  }

  async delete(key: string): Promise<void> {
    if (!(await this.has(key))) return;
    await attempt(`delete ${key}`, () => rm(this.#path(key), { force: true }));
  }

  async deletePrefix(prefix: string): Promise<void> {
    const folder = folderOf(prefix);
    const path = join(this.#root, folder);
    await attempt(`delete ${folder}`, async () => {
      const found = await unlessAbsent(stat(path));
      // Retries for what other processes put into the folder meanwhile.
      if (found?.isDirectory()) await rm(path, { recursive: true, force: true, maxRetries: 3 });
    });
  }

  async expire(olderThan: Date): Promise<number> {
    return await attempt('remove old objects', async () => {
      await this.#removeStrays();
      let removed = 0;
      for await (const { kind, name } of walk(this.#root, '')) {
        const path = join(this.#root, name);
        if (kind === 'folder-end') await removeIfEmpty(path);
        else if (await removeOlder(path, olderThan)) removed += 1;
      }
      return removed;
    });
  }

  /** Files have no address of their own. */
  presign(_key: string, _expiresAt: Date, _fileName?: string): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async #removeStrays(): Promise<void> {
    const staging = join(this.#root, STAGING);
    const limit = new Date(Date.now() - STRAY_AFTER_MS);
    for (const name of (await unlessAbsent(readdir(staging))) ?? [])
      await removeOlder(join(staging, name), limit);
  }

  #path(key: string): string {
    assertObjectKey(key);
    return join(this.#root, key);
  }
}

/** Each write makes a file of its own: whatever the clock's steps, it has another number while the one before is there. */
function factsOf(key: string, { size, mtimeNs, ino }: BigIntStats): ObjectFacts {
  const etag = `"${[mtimeNs, ino, size].map((part) => part.toString(36)).join('-')}"`;
  return { bytes: Number(size), mediaType: mediaTypeOf(key), etag };
}

async function removeOlder(path: string, limit: Date): Promise<boolean> {
  const found = await unlessAbsent(stat(path));
  if (found === undefined || found.mtime >= limit) return false;
  await rm(path, { force: true });
  return true;
}

async function renameInto(staged: string, path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await rename(staged, path);
      return;
    } catch (error) {
      // A sweep may remove the folder while it is empty: before the file is in it, or as it is made.
      if (attempt === PUT_ATTEMPTS || !isAbsence(error)) throw error;
    }
  }
}
