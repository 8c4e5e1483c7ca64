import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { loadOrCreateSecret } from '../../src/storage/secret.js';
import { temporaryFolder } from './folder.js';

const moduleAddress = new URL('../../src/storage/secret.ts', import.meta.url).href;

async function secretOfAnotherProcess(path: string): Promise<string> {
  const code = `import { loadOrCreateSecret } from ${JSON.stringify(moduleAddress)};
    process.stdout.write((await loadOrCreateSecret(process.argv[1])).toString('hex'));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return output;
}

describe('loadOrCreateSecret', () => {
  it('makes 32 bytes that only the owner may read, once', async () => {
    const path = join(await temporaryFolder(), 'data/secret');
    const secret = await loadOrCreateSecret(path);
    expect(secret).toHaveLength(32);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(secret.equals(await loadOrCreateSecret(path))).toBe(true);
  });

  it('gives callers at the same moment the same bytes, and leaves no other file', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'secret');
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateSecret(path)));
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secret']);
  });

  it('gives two processes that start together the same bytes', async () => {
    const path = join(await temporaryFolder(), 'secret');
    const [one, other] = await Promise.all([secretOfAnotherProcess(path), secretOfAnotherProcess(path)]);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(other).toBe(one);
  });

  it('refuses a file of another length, and says what to do', async () => {
    const path = join(await temporaryFolder(), 'secret');
    await writeFile(path, 'short');
    await expect(loadOrCreateSecret(path)).rejects.toThrow(/32 bytes but has 5\. Delete it/);
  });
});
