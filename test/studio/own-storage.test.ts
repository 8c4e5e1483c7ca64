import { expect, test } from 'vitest';
import { ownStorage, type Store } from '../../src/studio/own-storage.js';

/** As a browser's storage is. */
function store(contents: Record<string, string>): Store & { readonly items: Map<string, string> } {
  const items = new Map(Object.entries(contents));
  return {
    items,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
}

test('what others of the same origin keep is neither read nor removed', () => {
  const shared = store({ key: 'of the root', '/other/:key': 'of another', '/visionary/:key': 'of a third' });
  const own = ownStorage(shared, '/vision/');
  expect([own.getItem('key'), own.length]).toEqual([null, 0]);
  own.setItem('key', 'mine');
  own.setItem('tabs', 'mine too');
  expect([own.getItem('key'), own.length]).toEqual(['mine', 2]);
  expect(ownStorage(shared, '/other/').getItem('key')).toBe('of another');
  own.removeItem('key');
  expect([own.getItem('key'), own.getItem('tabs')]).toEqual([null, 'mine too']);
  own.clear();
  expect(Object.fromEntries(shared.items)).toEqual({
    key: 'of the root',
    '/other/:key': 'of another',
    '/visionary/:key': 'of a third',
  });
});

test('at the root names stay as they are', () => {
  const shared = store({ key: 'kept by an earlier release' });
  const own = ownStorage(shared, '/');
  expect([own.getItem('key'), own.length]).toEqual(['kept by an earlier release', 1]);
  own.clear();
  expect(shared.items.size).toBe(0);
});
