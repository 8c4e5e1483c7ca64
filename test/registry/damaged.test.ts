import { describe, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepare } from '../../src/registry/prepare.js';
import { contentsOf, mirrored, REAL_MODELS, write } from './real-models.js';
import { preparedFiles, refused } from './refused.js';

const DAMAGES: readonly [where: string, damage: (bytes: Buffer) => Buffer][] = [
  ['its first byte', (bytes) => flipped(bytes, 0)],
  ['a byte in its middle', (bytes) => flipped(bytes, bytes.length >> 1)],
  ['its last byte', (bytes) => flipped(bytes, bytes.length - 1)],
  ['a byte too many', (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
  ['a byte too few', (bytes) => bytes.subarray(0, -1)],
];

const FILES = [...REAL_MODELS].flatMap(([name, real]) => real.names.map((file) => ({ name, real, file })));

describe.each(FILES)('$file of $name', ({ real, file }) => {
  test.each(DAMAGES)('is refused for %s, by its name and with what to do', async (_where, damage) => {
    const contents = await contentsOf(real);
    const model = await mirrored(real, contents);
    await model.put(file, damage(contents.get(file) ?? Buffer.of()));

    const { name, message } = await refused(model);

    expect(name).toBe('NotObtainable');
    expect(message).toContain(`the file ${file} could not be downloaded`);
    expect(message).toMatch(/has the digest \S+, and \S+ was expected|has \d+ bytes, and \d+ were expected/);
    expect(message).toContain('MODEL_MIRROR');
  });

  test('is taken from the mirror when the one in the cache is damaged', async () => {
    const contents = await contentsOf(real);
    const { entry, sources } = await mirrored(real, contents);
    const cached = join(sources.cacheDir, 'files', entry.id, file);
    await write(cached, flipped(contents.get(file) ?? Buffer.of(), 9));
    const expected = await mirrored(real, contents);

    const { model, fresh } = await prepare(entry, 0, sources);

    expect(fresh).toBe(true);
    const clean = await prepare(expected.entry, 0, expected.sources);
    expect((await readFile(model.file)).equals(await readFile(clean.model.file))).toBe(true);
    expect(await preparedFiles(sources.cacheDir)).toHaveLength(1);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x20;
  return copy;
}
