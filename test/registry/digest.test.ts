import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFile, WrongFile } from '../../src/registry/digest.js';
import { temporaryFolder } from './model-folder.js';

const CONTENT = Buffer.from('weights, as it were\n'.repeat(5000));

function reference(algorithm: string, ...parts: (string | Buffer)[]): string {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

const DIGESTS = {
  sha1: `sha1:${reference('sha1', CONTENT)}`,
  sha256: `sha256:${reference('sha256', CONTENT)}`,
  sha384: `sha384:${reference('sha384', CONTENT)}`,
  git: `git:${reference('sha1', `blob ${CONTENT.length}\0`, CONTENT)}`,
};

async function stored(content: Buffer): Promise<string> {
  const path = join(await temporaryFolder(), 'weights.bin');
  await writeFile(path, content);
  return path;
}

describe.each(Object.entries(DIGESTS))('a file held against its %s digest', (_algorithm, digest) => {
  test('is right when every byte is', async () => {
    const expected = { name: 'weights.bin', bytes: CONTENT.length, digest };
    await expect(checkFile(await stored(CONTENT), expected)).resolves.toBeUndefined();
  });

  test('is right by its digest alone where no size is published', async () => {
    await expect(checkFile(await stored(CONTENT), { name: 'weights.bin', digest })).resolves.toBeUndefined();
  });

  test('is wrong when one bit of it is', async () => {
    const damaged = Buffer.from(CONTENT);
    damaged.writeUInt8(damaged.readUInt8(70_001) ^ 1, 70_001);
    const path = await stored(damaged);
    const check = checkFile(path, { name: 'weights.bin', bytes: CONTENT.length, digest });
    await expect(check).rejects.toBeInstanceOf(WrongFile);
    await expect(check).rejects.toThrow(`${digest} was expected: it is damaged or another file`);
    await expect(check).rejects.toThrow(path);
  });
});

test('a git blob id is the one that git gives', async () => {
  // `printf 'hello\n' | git hash-object --stdin`
  const digest = 'git:ce013625030ba8dba906f756967f9e9ca394464a';
  const path = await stored(Buffer.from('hello\n'));
  await expect(checkFile(path, { name: 'weights.bin', digest })).resolves.toBeUndefined();
});

test('an empty file has a digest like any other', async () => {
  const digest = `sha256:${reference('sha256', '')}`;
  const path = await stored(Buffer.alloc(0));
  await expect(checkFile(path, { name: 'weights.bin', digest })).resolves.toBeUndefined();
});

test('a file of another size is wrong, and both sizes are told', async () => {
  const path = await stored(CONTENT.subarray(1));
  const check = checkFile(path, { name: 'weights.bin', bytes: CONTENT.length, digest: DIGESTS.sha256 });
  await expect(check).rejects.toBeInstanceOf(WrongFile);
  await expect(check).rejects.toThrow(`has ${CONTENT.length - 1} bytes, and ${CONTENT.length} were expected`);
});
