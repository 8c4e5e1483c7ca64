import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeModel, encodeModel } from '../../src/convert/onnx/model.js';
import { hasValidChecksum, withChecksum } from '../../src/registry/checksum.js';
import { loadBytes } from '../kit/prepared.js';
import { echo } from '../convert/onnx/tiny.js';
import { temporaryFolder } from './model-folder.js';

const bytes = encodeModel(echo([1, 2]));

async function isWhole(content: Uint8Array): Promise<boolean> {
  const path = join(await temporaryFolder(), 'model.onnx');
  await writeFile(path, content);
  return hasValidChecksum(path);
}

test('a file with its checksum is known again, and no other', async () => {
  expect(await isWhole(withChecksum(bytes))).toBe(true);
  expect(await isWhole(bytes)).toBe(false);
  expect(await hasValidChecksum(join(await temporaryFolder(), 'absent.onnx'))).toBe(false);
});

test('a file with its checksum is the same network', async () => {
  expect(decodeModel(withChecksum(bytes)).graph).toEqual(decodeModel(bytes).graph);
  const session = await loadBytes(withChecksum(bytes));
  expect(session.outputs).toEqual(['out']);
  await session.release();
});

test('every change of a byte shows, and wherever the file is cut off', async () => {
  const whole = Buffer.from(withChecksum(bytes));
  for (let at = 0; at < whole.length; at += 1) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await isWhole(changed)).toBe(false);
    expect(await isWhole(whole.subarray(0, at))).toBe(false);
  }
});

test('a change of a byte shows in a file of any length', async () => {
  const whole = Buffer.from(withChecksum(Buffer.alloc(200_000, 7)));
  expect(await isWhole(whole)).toBe(true);
  for (const at of [0, 5000, 100_000, 199_999]) {
    const changed = Buffer.from(whole);
    changed[at] = 8;
    expect(await isWhole(changed), `byte ${at}`).toBe(false);
  }
});
