import { describe, expect, test } from 'vitest';
import { outNames } from '../../src/cli/out-names.js';
import type { Input } from '../../src/cli/input.js';

const files = (...paths: string[]): Input[] => paths.map((path) => ({ kind: 'file', path }));

describe('names of results', () => {
  test('are the names of the inputs without the extension', () => {
    expect(outNames(files('/in/a.jpg', '/in/b.tar.png', '/in/.hidden'), '/out')).toEqual([
      'a',
      'b.tar',
      '.hidden',
    ]);
  });

  test('differ where those of the inputs do not, on any file system', () => {
    expect(outNames(files('/x/a.jpg', '/y/a.jpg', '/x/A.png', '/x/a-2.jpg'), '/out')).toEqual([
      'a',
      'a-2',
      'A-3',
      'a-2-2',
    ]);
    expect(outNames(files('/x/A.jpg', '/y/a.jpg', '/z/A.png'), '/out')).toEqual(['A', 'a-2', 'A-3']);
  });

  test('come from the path of an address, and are plain', () => {
    const inputs: Input[] = [
      { kind: 'url', url: 'https://example.com/pictures/a%20b.jpg?size=1' },
      { kind: 'url', url: 'https://example.com/' },
      { kind: 'url', url: 'https://example.com/..%2f..%2fetc' },
      { kind: 'url', url: 'https://' },
      { kind: 'stdin' },
    ];
    const names = outNames(inputs, '/out');
    expect(names).toEqual(['a_20b', 'picture', '_2f.', 'picture-2', 'stdin']);
  });

  test('are never such that a result would be written over an input', () => {
    const inputs = files('/out/car.jpg', '/out/car.annotated.jpg', '/elsewhere/car.annotated.jpg');
    expect(outNames(inputs, '/out')).toEqual(['car-2', 'car.annotated', 'car.annotated-2']);
    expect(outNames(files('/out/car.x4.png', '/in/car.png'), '/out')).toEqual(['car.x4', 'car-2']);
    expect(outNames(files('/out/car.jpg'), '/out')).toEqual(['car']);
  });
});
