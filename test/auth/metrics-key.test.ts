import { expect, test } from 'vitest';
import { metricsReaders } from '../../src/auth/metrics-key.js';

const alice = { owner: 'key:alice', isAdmin: true };
const keyring = { holderOf: (text: unknown) => (text === 'Bearer of-alice' ? alice : undefined) };
const KEY = 'for-metrics-alone';

test('without a key for metrics, who may read them is a matter of API keys', () => {
  expect(metricsReaders(undefined, undefined)).toBeUndefined();
  expect(metricsReaders(keyring, undefined)).toBe(keyring);
});

test('the key for metrics opens them beside API keys, and makes nobody an administrator', () => {
  const readers = metricsReaders(keyring, KEY);
  expect(readers?.holderOf(`Bearer ${KEY}`)).toEqual({ owner: 'metrics', isAdmin: false });
  expect(readers?.holderOf('Bearer of-alice')).toBe(alice);
  expect(readers?.holderOf(`Bearer ${KEY}x`)).toBeUndefined();
  expect(readers?.holderOf(undefined)).toBeUndefined();
});

test('alone it is asked for all the same', () => {
  const readers = metricsReaders(undefined, KEY);
  expect(readers?.holderOf(`Bearer ${KEY}`)).toBeDefined();
  expect(readers?.holderOf('Bearer of-alice')).toBeUndefined();
});
