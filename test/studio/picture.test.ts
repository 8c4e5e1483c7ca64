import { describe, expect, it } from 'vitest';
import { objectWords } from '../../src/studio/app/detect/object-words.js';
import { addressIn, imageInputOf, nameOf } from '../../src/studio/app/picture/picture.js';
import { tooLarge } from '../../src/studio/app/picture/too-large.js';
import { canSucceedLater } from '../../src/studio/app/service/problem.js';

const file = (bytes: number, name = 'a.png') =>
  ({ from: 'file', file: new File([new Uint8Array(bytes)], name) }) as const;

describe('a picture', () => {
  it('goes to the service as its file, or as its address', () => {
    const source = file(3);
    expect(imageInputOf(source)).toEqual({ upload: source.file });
    expect(imageInputOf({ from: 'address', url: 'https://a.example/b.jpg' })).toEqual({
      url: 'https://a.example/b.jpg',
    });
  });

  it.each([
    ['https://a.example/photos/my%20cat.jpg?size=2', 'my cat.jpg'],
    ['https://a.example/100%.jpg', '100%.jpg'],
    ['https://a.example/', 'a.example'],
  ])('of the address %s is called %s', (url, name) => {
    expect(nameOf({ from: 'address', url })).toBe(name);
  });

  it.each([
    [' https://a.example/b.jpg\n', 'https://a.example/b.jpg'],
    ['HTTP://a.example', 'HTTP://a.example'],
    ['two words', undefined],
    ['https://a.example/b c', undefined],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['https://', undefined],
    ['', undefined],
  ])('has an address in %j: %j', (text, address) => {
    expect(addressIn(text)).toBe(address);
  });

  it('is too large by its bytes, then by its pixels', () => {
    const max = { bytes: 1000, pixels: 1_000_000 };
    const shown = { url: 'blob:1', width: 2000, height: 1000 };
    expect(tooLarge({ source: file(1000) }, max)).toBeUndefined();
    expect(tooLarge({ source: file(1001) }, max)?.message).toBe(
      'This picture has 2 kB, and the service takes at most 1 kB.',
    );
    expect(tooLarge({ source: file(1), shown }, max, 'super resolution')?.message).toBe(
      'This picture has 2 megapixels, and super resolution takes at most 1 megapixel.',
    );
  });
});

describe('objects in words', () => {
  it('name their class where it is one', () => {
    expect(objectWords([])).toBe('Nothing');
    expect(objectWords([{ label: 'car' }])).toBe('1 car');
    expect(objectWords([{ label: 'car' }, { label: 'car' }])).toBe('2 × car');
    expect(objectWords([{ label: 'car' }, { label: 'dog' }])).toBe('2 objects');
  });
});

describe('trying again', () => {
  it.each([
    ['OVERLOADED', true],
    ['TIMEOUT', true],
    ['IMAGE_FETCH_FAILED', true],
    ['BAD_IMAGE', false],
    ['IMAGE_TOO_LARGE', false],
    ['JOB_NOT_FOUND', false],
    ['FORBIDDEN', false],
  ])('after %s can succeed: %s', (code, can) => {
    expect(canSucceedLater({ kind: 'refused', code, message: '' })).toBe(can);
  });

  it('can succeed where nobody answered, and cannot without a key', () => {
    expect(canSucceedLater({ kind: 'unreachable', message: '' })).toBe(true);
    expect(canSucceedLater({ kind: 'locked', message: '' })).toBe(false);
  });
});
