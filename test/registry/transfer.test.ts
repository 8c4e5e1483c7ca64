import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Headers, MockAgent } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ModelFile } from '../../src/registry/manifest.js';
import { transfer } from '../../src/registry/transfer.js';
import { fileOf, temporaryFolder } from './model-folder.js';

const CONTENT = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7919) % 251));
const HALF = 1500;

/** What a file server answers with. */
interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An attempt at the file, with no server: `answer` is called in its place.
 * @param kept what lies in the part before it
 */
async function attempt(
  answer: (headers: Headers) => Answer,
  { kept, file = fileOf(CONTENT) }: { kept?: Buffer; file?: ModelFile } = {},
): Promise<{ part: string; done: Promise<void> }> {
  const part = join(await temporaryFolder(), 'weights.bin.part');
  if (kept) await writeFile(part, kept);
  const dispatcher = new MockAgent();
  onTestFinished(() => dispatcher.close());
  dispatcher.disableNetConnect();
  dispatcher
    .get('http://models.test')
    .intercept({ path: '/weights.bin' })
    .reply(({ headers }) => {
      const { status, body, headers: more = {} } = answer(new Headers(headers));
      return {
        statusCode: status,
        data: body,
        responseOptions: { headers: { 'content-length': String(body.length), ...more } },
      };
    });
  const url = 'http://models.test/weights.bin';
  return { part, done: transfer({ url, file, part, dispatcher, onBytes: () => undefined }) };
}

describe('a part of the file', () => {
  test('is gone on from where the answer begins at its end', async () => {
    const { part, done } = await attempt(
      () => ({
        status: 206,
        body: CONTENT.subarray(HALF),
        headers: { 'content-range': `bytes ${HALF}-${CONTENT.length - 1}/${CONTENT.length}` },
      }),
      { kept: CONTENT.subarray(0, HALF) },
    );
    await done;
    expect(CONTENT.equals(await readFile(part))).toBe(true);
  });

  test.each([
    ['begins elsewhere', { 'content-range': `bytes 0-${CONTENT.length - 1}/${CONTENT.length}` }],
    ['does not say where it begins', {}],
  ])('stays as it is where a partial answer %s', async (_what, headers) => {
    const { part, done } = await attempt(() => ({ status: 206, body: CONTENT, headers }), {
      kept: CONTENT.subarray(0, HALF),
    });
    await expect(done).rejects.toThrow('the server answered 206');
    expect(CONTENT.subarray(0, HALF).equals(await readFile(part))).toBe(true);
  });

  test('that is all of the file is fetched once more, and not what comes after its end', async () => {
    const { part, done } = await attempt(
      (headers) =>
        headers.has('range') ? { status: 416, body: Buffer.of() } : { status: 200, body: CONTENT },
      { kept: CONTENT },
    );
    await done;
    expect(CONTENT.equals(await readFile(part))).toBe(true);
  });
});

test('a server that likes to compress is asked for the bytes as they are, which its length counts', async () => {
  const git = createHash('sha1').update(`blob ${CONTENT.length}\0`).update(CONTENT).digest('hex');
  const { part, done } = await attempt(
    (headers) =>
      /gzip|\*/.test(headers.get('accept-encoding') ?? '*')
        ? { status: 200, body: gzipSync(CONTENT), headers: { 'content-encoding': 'gzip' } }
        : { status: 200, body: CONTENT },
    { file: { name: 'weights.bin', digest: `git:${git}` } },
  );
  await done;
  expect(CONTENT.equals(await readFile(part))).toBe(true);
});
