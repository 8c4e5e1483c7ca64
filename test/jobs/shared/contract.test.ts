import { expect, test } from 'vitest';
import {
  coreOf,
  inputKey,
  keepsAlpha,
  keysOf,
  payloadSchema,
  type JobPayload,
} from '../../../src/jobs/shared/contract.js';
import { payload } from '../states.js';
import { isObjectKey } from '../../../src/storage/keys.js';

const CORE = { left: 512, top: 0, width: 256, height: 190 };

test('a tile’s key tells which part of the input it enlarges', () => {
  expect(coreOf(keysOf('sr-1', payload()).tile(CORE))).toEqual(CORE);
});

test.each([
  'jobs/sr-1/output-0.png',
  'jobs/sr-1/tiles-0/1_2_3.png',
  'jobs/sr-1/tiles-0/1_2_0_4.png',
  'jobs/sr-1/tiles-0/1_2_3_4.jpg',
  '',
])('a key of another kind tells nothing: %s', (key) => {
  expect(coreOf(key)).toBeNull();
});

test('a job’s files lie under one prefix, its tiles under one of their own', () => {
  const keys = keysOf('sr-1', payload({ format: 'WEBP' }));
  const all = [inputKey('sr-1', payload().input), keys.output, keys.tile(CORE)];
  expect(all.every((key) => isObjectKey(key) && key.startsWith('jobs/sr-1/'))).toBe(true);
  expect(keys.tile(CORE).startsWith(`${keys.tiles}/`)).toBe(true);
  expect(keys.output.endsWith('.webp')).toBe(true);
});

const { input, model } = payload();

test.each<[what: string, more: Partial<JobPayload>]>([
  ['another image', { input: { ...input, sha256: 'b'.repeat(64) } }],
  ['another model', { model: { ...model, digest: 'e'.repeat(64) } }],
  ['other tiles', { tileEdge: 128 }],
  ['an image of which transparency is kept', { input: { ...input, transparent: true } }],
])('what was made of %s has another key', (_what, more) => {
  const keys = keysOf('sr-1', payload());
  const others = keysOf('sr-1', payload(more));
  expect(others.tile(CORE)).not.toBe(keys.tile(CORE));
  expect(others.output).not.toBe(keys.output);
});

test.each([
  ['PNG', true, true],
  ['WEBP', true, true],
  ['JPEG', true, false],
  ['PNG', false, false],
] as const)('a %s of a picture that is transparent: %s keeps alpha: %s', (format, transparent, kept) => {
  expect(keepsAlpha(payload({ format, input: { ...input, transparent } }))).toBe(kept);
});

test('a job that was queued before transparency was kept is flattened', () => {
  const { transparent: _, ...old } = input;
  expect(payloadSchema.parse({ ...payload(), input: old }).input.transparent).toBe(false);
});

test.each([
  ['jpeg', 'jobs/sr-1/input-aaaaaaaaaaaa.jpg'],
  ['png', 'jobs/sr-1/input-aaaaaaaaaaaa.png'],
  ['avif', 'jobs/sr-1/input-aaaaaaaaaaaa.avif'],
])('an input of format %s is stored as %s', (format, key) => {
  expect(inputKey('sr-1', { sha256: 'a'.repeat(64), format })).toBe(key);
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
