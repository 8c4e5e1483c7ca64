import { describe, expect, it } from 'vitest';
import { blend, copyOf, fill, outline, plate } from '../../src/imaging/draw.js';
import type { Colour } from '../../src/imaging/colour.js';
import { GLYPH } from '../../src/imaging/glyphs.js';
import type { Picture } from '../../src/imaging/picture.js';
import { flat, pixelAt } from '../kit/pictures.js';

const BLACK: Colour = [0, 0, 0];
const RED: Colour = [255, 0, 0];
const GREEN: Colour = [0, 255, 0];

const canvas = (width = 10, height = 8): Picture => flat({ width, height }, BLACK);

describe('a copy', () => {
  it('is drawn on without changing the original', () => {
    const original = canvas();

    fill(copyOf(original), { left: 0, top: 0, width: 10, height: 8 }, RED);

    expect(original.pixels).toEqual(canvas().pixels);
  });
});

describe('fill', () => {
  it('colours exactly the rectangle', () => {
    const picture = canvas();

    fill(picture, { left: 2, top: 3, width: 4, height: 2 }, RED);

    expect(painted(picture)).toEqual(rectangle(2, 3, 6, 5));
  });

  it('leaves out what lies outside the picture, on every side', () => {
    const picture = canvas(3, 3);

    fill(picture, { left: -5, top: -5, width: 100, height: 100 }, RED);

    expect(painted(picture)).toEqual(rectangle(0, 0, 3, 3));
  });

  it('does nothing where the rectangle misses the picture', () => {
    const picture = canvas();

    fill(picture, { left: 10, top: 0, width: 5, height: 5 }, RED);

    expect(painted(picture)).toEqual([]);
  });
});

describe('outline', () => {
  it('colours the edge inwards and leaves the inside', () => {
    const picture = canvas();

    outline(picture, { left: 1, top: 1, width: 6, height: 5 }, RED, 2);

    const inside = rectangle(3, 3, 5, 4);
    expect(painted(picture)).toEqual(rectangle(1, 1, 7, 6).filter((at) => !inside.includes(at)));
  });

  it('of a box of one pixel stays within the picture', () => {
    const picture = canvas(1, 1);

    outline(picture, { left: 0, top: 0, width: 1, height: 1 }, RED, 3);

    expect(painted(picture)).toEqual(['0,0']);
  });
});

describe('plate', () => {
  const width = 2 * (GLYPH.width + 1) + 1;

  it('writes with the ink that suits its colour', () => {
    const picture = canvas(40, 20);

    plate(picture, 'HI', { left: 5, top: 5 }, GREEN, 1);

    const colours = new Set(rectangle(5, 5, 5 + width, 14).map((at) => colourAt(picture, at)));
    expect(colours).toEqual(new Set(['0,255,0', '0,0,0']));
  });

  it('draws the letters as they are', () => {
    const picture = canvas(40, 20);

    plate(picture, 'I', { left: 0, top: 0 }, RED, 1);

    const rows = Array.from({ length: 9 }, (_, y) =>
      Array.from({ length: 7 }, (_, x) => (pixelAt(picture, x, y)[1] === 255 ? '#' : '.')).join(''),
    );
    expect(rows).toEqual([
      '.......',
      '..###..',
      '...#...',
      '...#...',
      '...#...',
      '...#...',
      '...#...',
      '..###..',
      '.......',
    ]);
  });

  it.each([
    ['left and above', { left: -50, top: -50 }, { left: 0, top: 0 }],
    ['right and below', { left: 90, top: 90 }, { left: 40 - width, top: 20 - GLYPH.height - 2 }],
  ])('is moved into the picture from %s', (_, at, moved) => {
    const picture = canvas(40, 20);
    const expected = canvas(40, 20);

    plate(picture, 'HI', at, GREEN, 1);
    plate(expected, 'HI', moved, GREEN, 1);

    expect(picture.pixels).toEqual(expected.pixels);
  });

  it('on a picture smaller than itself colours what there is', () => {
    const picture = canvas(2, 2);

    plate(picture, 'a long label', { left: 0, top: 0 }, RED, 2);

    expect(painted(picture)).toEqual(rectangle(0, 0, 2, 2));
  });
});

describe('blend', () => {
  const classes = Uint8Array.of(0, 1, 1, 0);
  const colours = [null, GREEN];

  it.each([
    [0, [100, 100, 100]],
    [0.5, [50, 178, 50]],
    [1, [0, 255, 0]],
  ])('at opacity %d mixes the class colour in', (opacity, expected) => {
    const picture = flat({ width: 2, height: 2 }, [100, 100, 100]);

    blend(picture, classes, colours, opacity);

    expect(pixelAt(picture, 1, 0)).toEqual(expected);
  });

  it('leaves a class without a colour as it is', () => {
    const picture = flat({ width: 2, height: 2 }, [100, 100, 100]);

    blend(picture, classes, colours, 1);

    expect(pixelAt(picture, 0, 0)).toEqual([100, 100, 100]);
    expect(pixelAt(picture, 1, 1)).toEqual([100, 100, 100]);
  });
});

function rectangle(left: number, top: number, right: number, bottom: number): string[] {
  const all: string[] = [];
  for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) all.push(`${x},${y}`);
  return all;
}

function painted(picture: Picture): string[] {
  return rectangle(0, 0, picture.width, picture.height).filter((at) => colourAt(picture, at) !== '0,0,0');
}

function colourAt(picture: Picture, at: string): string {
  const [x = 0, y = 0] = at.split(',').map(Number);
  return pixelAt(picture, x, y).join(',');
}
