import { expect, test } from 'vitest';
import { keys, payloadSchema } from '../../src/jobs/contract.js';
import { payload } from './states.js';
import { isObjectKey } from '../../src/storage/keys.js';

const CORE = { left: 512, top: 0, width: 256, height: 190 };

test('a tile’s key tells which part of the input it enlarges', () => {
  expect(keys.coreOf(keys.tile('sr-1', CORE))).toEqual(CORE);
});

test.each([
  'jobs/sr-1/output.png',
  'jobs/sr-1/tiles/1_2_3.png',
  'jobs/sr-1/tiles/1_2_0_4.png',
  'jobs/sr-1/tiles/1_2_3_4.jpg',
  '',
])('a key of another kind tells nothing: %s', (key) => {
  expect(keys.coreOf(key)).toBeNull();
});

test('a job’s files lie under one prefix, its tiles under one of their own', () => {
  const tile = keys.tile('sr-1', CORE);
  const all = [keys.input('sr-1', 'jpeg'), keys.output('sr-1', 'WEBP'), tile];
  expect(all.every((key) => isObjectKey(key) && key.startsWith('jobs/sr-1/'))).toBe(true);
  expect(tile.startsWith(`${keys.tiles('sr-1')}/`)).toBe(true);
});

test.each([
  ['jpeg', 'jobs/sr-1/input.jpg'],
  ['png', 'jobs/sr-1/input.png'],
  ['avif', 'jobs/sr-1/input.avif'],
])('an input of format %s is stored as %s', (format, key) => {
  expect(keys.input('sr-1', format)).toBe(key);
});

test('a payload that is not of this contract is refused', () => {
  expect(payloadSchema.safeParse(payload()).success).toBe(true);
  expect(payloadSchema.safeParse({ ...payload(), scale: 0 }).success).toBe(false);
  expect(payloadSchema.safeParse({ pixels: 'many' }).success).toBe(false);
});

test('a payload stays far below what the queue carries well, whatever the longest names', () => {
  const longest = payload({
    owner: 'o'.repeat(100),
    model: { id: 'm'.repeat(64), digest: 'd'.repeat(64) },
    canceledAt: Date.now(),
  });
  expect(JSON.stringify(longest).length).toBeLessThan(1024);
});
