import { describe, expect, test } from 'vitest';
import type { ModelFile } from '../../src/registry/manifest.js';
import { toldProgress } from '../../src/registry/told-progress.js';

const file = (name: string, bytes?: number): ModelFile => ({
  ...{ name, digest: `sha256:${'0'.repeat(64)}` },
  ...(bytes !== undefined && { bytes }),
});
const download = (name: string, bytes: number, total?: number) =>
  ({ step: 'download', file: name, url: 'http://a.example/', bytes, total }) as const;

describe('the progress of a model', () => {
  test('is the share of the bytes of all its files', () => {
    const told = toldProgress([file('a.xml', 100), file('a.bin', 900)]);
    expect(told(download('a.xml', 50))).toBeCloseTo(0.05);
    expect(told(download('a.xml', 100))).toBeCloseTo(0.1);
    expect(told(download('a.bin', 450))).toBeCloseTo(0.55);
    expect(told(download('a.bin', 900))).toBe(1);
  });

  test('believes the server about sizes, and counts files alike where one is not known', () => {
    expect(toldProgress([file('a')])(download('a', 10, 40))).toBeCloseTo(0.25);
    const told = toldProgress([file('a'), file('b', 100)]);
    expect(told(download('b', 100))).toBeCloseTo(0.5);
    expect(told(download('a', 10))).toBeCloseTo(0.5);
  });

  test('is never more than all of it, whatever a server sends', () => {
    expect(toldProgress([file('a', 10)])(download('a', 50))).toBe(1);
  });
});
