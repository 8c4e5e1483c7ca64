import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { digestOfKey, newApiKey } from '../../src/auth/api-key.js';
import { changeKeyFile, KeyFileError, readKeyFile, type KeyEntry } from '../../src/auth/key-file.js';
import { fixedKeyring, openKeyring, type Keyring } from '../../src/auth/keyring.js';

const createdAt = '2026-01-02T03:04:05.000Z';
const entryOf = (name: string, key: string) => ({ name, sha256: digestOfKey(key), createdAt });

const writeKeyFile = (file: string, keys: readonly KeyEntry[]) => changeKeyFile(file, () => keys);

let path: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'okulo-keys-'));
  path = join(folder, 'sub', 'keys.json');
  return () => rm(folder, { recursive: true });
});

async function keyring(onError: (error: unknown) => void = vi.fn()): Promise<Keyring> {
  const opened = await openKeyring(path, { onError, lookEveryMs: 20 });
  onTestFinished(() => opened.close());
  return opened;
}

describe('a key', () => {
  it('is long, random and recognisable', () => {
    const keys = [newApiKey(), newApiKey()];
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(key).toMatch(/^okulo_[\w-]{43}$/);
  });
});

describe('a key file', () => {
  it('keeps digests only, for its owner only', async () => {
    const key = newApiKey();
    await writeKeyFile(path, [entryOf('alice', key)]);
    expect(await readKeyFile(path)).toEqual([entryOf('alice', key)]);
    expect(await readFile(path, 'utf8')).not.toContain(key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('that is not there says how to make one', async () => {
    const reading = readKeyFile(path);
    await expect(reading).rejects.toThrow(/no such file.*okulo keys add/);
    await expect(reading).rejects.toMatchObject({ absent: true });
  });

  it.each([
    ['no JSON', '{"keys":', /not JSON/],
    ['another form', '{"users":[]}', /cannot be used/],
    ['members that it does not have', '{"keys":[],"revoked":["a"]}', /cannot be used.*"revoked"/],
    [
      'a key instead of its digest',
      `{"keys":[{"name":"a","sha256":"okulo_x","createdAt":"${createdAt}"}]}`,
      /64 hex/,
    ],
  ])('with %s is refused in words', async (_what, text, words) => {
    await writeKeyFile(path, []);
    await writeFile(path, text);
    await expect(readKeyFile(path)).rejects.toThrow(KeyFileError);
    await expect(readKeyFile(path)).rejects.toThrow(words);
  });

  it('loses nothing when several change it at a time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `user-${index}`);
    await Promise.all(names.map((name) => changeKeyFile(path, (keys) => [...keys, entryOf(name, name)])));
    expect((await readKeyFile(path)).map(({ name }) => name).sort()).toEqual(names.sort());
    expect(await readdir(dirname(path))).toEqual(['keys.json']);
  });

  it('is changed all the same where a killed process has left its lock', async () => {
    await writeKeyFile(path, []);
    // No process has this id: they end at four million.
    await writeFile(`${path}.lock`, JSON.stringify({ pid: 2 ** 30, host: hostname(), token: 'left' }));
    await writeKeyFile(path, [entryOf('alice', 'key')]);
    expect(await readKeyFile(path)).toHaveLength(1);
  });

  it('is changed where a link leads, and the link stays', async () => {
    await writeKeyFile(path, []);
    const link = join(dirname(path), 'link.json');
    await symlink(path, link);
    await writeKeyFile(link, [entryOf('alice', 'key')]);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readKeyFile(path)).toHaveLength(1);
  });

  it('takes no name that could break a line or a path', async () => {
    for (const name of ['', 'a b', 'a/b', 'x'.repeat(65)]) {
      await expect(writeKeyFile(path, [entryOf(name, 'key')])).rejects.toThrow(/1 to 64 letters/);
    }
  });

  it('that cannot be written is told, and leaves nothing behind', async () => {
    await writeKeyFile(path, []);
    const below = join(path, 'keys.json');
    await expect(writeKeyFile(below, [])).rejects.toThrow(/cannot be written/);
  });
});

describe('a keyring', () => {
  it('knows whose key an authorization is', async () => {
    const [alice, bob] = [newApiKey(), newApiKey()];
    await writeKeyFile(path, [entryOf('alice', alice), entryOf('bob', bob)]);
    const keys = await keyring();
    expect([keys.holderOf(`Bearer ${alice}`)?.owner, keys.holderOf(`bearer  ${bob}`)?.owner]).toEqual([
      'key:alice',
      'key:bob',
    ]);
  });

  it.each([undefined, null, 5, '', 'Bearer', 'Bearer ', 'Basic abc', ['Bearer x'], 'Bearer okulo_wrong'])(
    'knows nobody by %j',
    async (authorization) => {
      await writeKeyFile(path, [entryOf('alice', newApiKey())]);
      expect((await keyring()).holderOf(authorization)).toBeUndefined();
    },
  );

  it('does not take a digest for the key that it is of', async () => {
    const key = newApiKey();
    await writeKeyFile(path, [entryOf('alice', key)]);
    expect((await keyring()).holderOf(`Bearer ${digestOfKey(key)}`)).toBeUndefined();
  });

  it('keeps up with its file', async () => {
    const [alice, bob] = [newApiKey(), newApiKey()];
    await writeKeyFile(path, [entryOf('alice', alice)]);
    const keys = await keyring();
    await writeKeyFile(path, [entryOf('bob', bob)]);
    await vi.waitFor(() => expect(keys.holderOf(`Bearer ${bob}`)?.owner).toBe('key:bob'));
    expect(keys.holderOf(`Bearer ${alice}`)?.owner).toBeUndefined();
  });

  it('tells when a key is withdrawn, also where another one of the same name takes its place', async () => {
    const [old, other] = [newApiKey(), newApiKey()];
    await writeKeyFile(path, [entryOf('alice', old), entryOf('bob', other)]);
    const keys = await keyring();
    const [withdrawn, stays, gone] = [vi.fn(), vi.fn(), vi.fn()];
    keys.whenWithdrawn(`Bearer ${old}`, withdrawn);
    keys.whenWithdrawn(`Bearer ${other}`, stays);
    keys.whenWithdrawn(`Bearer ${old}`, gone)();
    await writeKeyFile(path, [entryOf('alice', newApiKey()), entryOf('bob', other)]);
    await vi.waitFor(() => expect(withdrawn).toHaveBeenCalledTimes(1));
    expect(stays).not.toHaveBeenCalled();
    expect(gone).not.toHaveBeenCalled();
  });

  it('tells once that a key is withdrawn, however often its file changes after that', async () => {
    const [alice, bob] = [newApiKey(), newApiKey()];
    await writeKeyFile(path, [entryOf('alice', alice)]);
    const keys = await keyring();
    const withdrawn = vi.fn();
    keys.whenWithdrawn(`Bearer ${alice}`, withdrawn);
    await writeKeyFile(path, []);
    await vi.waitFor(() => expect(withdrawn).toHaveBeenCalledTimes(1));
    await writeKeyFile(path, [entryOf('bob', bob)]);
    await vi.waitFor(() => expect(keys.holderOf(`Bearer ${bob}`)).toBeDefined());
    expect(withdrawn).toHaveBeenCalledTimes(1);
  });

  it('does not look at its file any more once it is closed', async () => {
    const [alice, bob] = [newApiKey(), newApiKey()];
    await writeKeyFile(path, [entryOf('alice', alice)]);
    const [closed, open] = [await keyring(), await keyring()];
    closed.close();
    await writeKeyFile(path, [entryOf('bob', bob)]);
    await vi.waitFor(() => expect(open.holderOf(`Bearer ${alice}`)).toBeUndefined());
    // By the second change, whoever looks has read the first.
    await writeKeyFile(path, [entryOf('alice', alice), entryOf('bob', bob)]);
    await vi.waitFor(() => expect(open.holderOf(`Bearer ${alice}`)).toBeDefined());
    expect(closed.holderOf(`Bearer ${bob}`)).toBeUndefined();
  });

  it('keeps the keys of before when its file becomes unreadable, and says so', async () => {
    const key = newApiKey();
    await writeKeyFile(path, [entryOf('alice', key)]);
    const onError = vi.fn();
    const keys = await keyring(onError);
    await writeFile(path, 'not JSON');
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(expect.any(KeyFileError)));
    expect(keys.holderOf(`Bearer ${key}`)?.owner).toBe('key:alice');
  });
});

describe('a keyring of a text, as a variable holds it', () => {
  it('knows the same as that of a file', async () => {
    const [alice, bob] = [newApiKey(), newApiKey()];
    await writeKeyFile(path, [entryOf('alice', alice), { ...entryOf('bob', bob), admin: true }]);
    const keys = fixedKeyring('API_KEYS', await readFile(path, 'utf8'));
    expect(keys.holderOf(`Bearer ${alice}`)).toEqual({ owner: 'key:alice', isAdmin: false });
    expect(keys.holderOf(`Bearer ${bob}`)).toEqual({ owner: 'key:bob', isAdmin: true });
    expect(keys.holderOf(`Bearer ${newApiKey()}`)).toBeUndefined();
  });

  it('of no keys lets nobody in', () => {
    expect(fixedKeyring('API_KEYS', '{"keys":[]}').holderOf('Bearer okulo_x')).toBeUndefined();
  });

  it.each([
    ['a key itself', 'okulo_of-somebody', /API_KEYS are not JSON: expected what a file of 'okulo keys add'/],
    ['another form', '{"users":[]}', /in API_KEYS cannot be used/],
  ])('is refused where it is %s, and is not quoted', (_what, text, words) => {
    expect(() => fixedKeyring('API_KEYS', text)).toThrow(KeyFileError);
    expect(() => fixedKeyring('API_KEYS', text)).toThrow(words);
    expect(() => fixedKeyring('API_KEYS', text)).not.toThrow('somebody');
  });
});
