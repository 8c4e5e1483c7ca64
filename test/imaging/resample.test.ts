import { describe, expect, it } from 'vitest';
import { withAlpha } from '../../src/imaging/channels.js';
import type { Picture, Size } from '../../src/imaging/picture.js';
import { resample } from '../../src/imaging/resample.js';
import { flat, maxDifference, meanDifference, noise, pixelAt, scene } from '../kit/pictures.js';

const PICTURE = noise({ width: 20, height: 10 }, 2);
const whole = { width: 20, height: 10 };

describe('resampling', () => {
  it('gives back the very pixels where there is nothing to do', () => {
    const result = resample(PICTURE, { scaled: whole, frame: { left: 0, top: 0, ...whole }, pad: 0 });

    expect(result.pixels).toBe(PICTURE.pixels);
  });

  it('scales without cutting', () => {
    const size = { width: 60, height: 40 };
    const scaled = resample(scene({ width: 240, height: 160 }), {
      scaled: size,
      frame: { left: 0, top: 0, ...size },
      pad: 0,
    });

    expect(meanDifference(scaled.pixels, scene(size).pixels)).toBeLessThan(6);
  });

  it('cuts a part of the picture exactly', () => {
    const from = { left: 3, top: 4, width: 5, height: 2 };
    const size = { width: 5, height: 2 };

    const part = resample(PICTURE, { from, scaled: size, frame: { left: 0, top: 0, ...size }, pad: 0 });

    expect(pixelAt(part, 0, 0)).toEqual(pixelAt(PICTURE, 3, 4));
    expect(pixelAt(part, 4, 1)).toEqual(pixelAt(PICTURE, 7, 5));
  });

  it('looks at nothing outside the part that it is given', () => {
    const picture = flat({ width: 40, height: 40 }, [255, 0, 0]);
    for (let y = 10; y < 30; y += 1) {
      for (let x = 10; x < 30; x += 1) picture.pixels.set([0, 255, 0], (y * 40 + x) * 3);
    }
    const size = { width: 64, height: 64 };

    const part = resample(picture, {
      from: { left: 10, top: 10, width: 20, height: 20 },
      scaled: size,
      frame: { left: 0, top: 0, ...size },
      pad: 0,
    });

    expect(maxDifference(part.pixels, flat(size, [0, 255, 0]).pixels)).toBe(0);
  });

  it('cuts the frame out of what was scaled', () => {
    const framed = resample(PICTURE, {
      scaled: whole,
      frame: { left: 5, top: 0, width: 10, height: 10 },
      pad: 0,
    });

    expect([framed.width, framed.height]).toEqual([10, 10]);
    expect(pixelAt(framed, 0, 0)).toEqual(pixelAt(PICTURE, 5, 0));
    expect(pixelAt(framed, 9, 9)).toEqual(pixelAt(PICTURE, 14, 9));
  });

  it('pads what the picture does not fill, in the grey that is asked for', () => {
    const framed = resample(PICTURE, {
      scaled: whole,
      frame: { left: 0, top: 0, width: 20, height: 20 },
      pad: 114,
    });

    expect([framed.width, framed.height]).toEqual([20, 20]);
    expect(maxDifference(framed.pixels.subarray(0, 600), PICTURE.pixels)).toBe(0);
    expect(framed.pixels.subarray(600).every((value) => value === 114)).toBe(true);
  });

  it('pads on the left and above as well', () => {
    const framed = resample(PICTURE, {
      scaled: whole,
      frame: { left: -2, top: -3, width: 24, height: 14 },
      pad: 9,
    });

    expect(pixelAt(framed, 0, 0)).toEqual([9, 9, 9]);
    expect(pixelAt(framed, 2, 3)).toEqual(pixelAt(PICTURE, 0, 0));
    expect(pixelAt(framed, 21, 12)).toEqual(pixelAt(PICTURE, 19, 9));
    expect(pixelAt(framed, 22, 13)).toEqual([9, 9, 9]);
  });

  it('leaves the original as it was', () => {
    const before = Uint8Array.from(PICTURE.pixels);
    const size = { width: 7, height: 7 };

    resample(PICTURE, { scaled: size, frame: { left: 0, top: 0, ...size }, pad: 0 });

    expect(PICTURE.pixels).toEqual(before);
  });
});

describe('scaling', () => {
  const SIZES: [Size, Size][] = [
    [
      { width: 50, height: 37 },
      { width: 30, height: 22 },
    ],
    [
      { width: 50, height: 37 },
      { width: 89, height: 51 },
    ],
    [
      { width: 51, height: 20 },
      { width: 9, height: 41 },
    ],
    [
      { width: 640, height: 3 },
      { width: 7, height: 2 },
    ],
    [
      { width: 1, height: 1 },
      { width: 5, height: 4 },
    ],
    [
      { width: 33, height: 29 },
      { width: 1, height: 1 },
    ],
  ];

  it.each(SIZES)('from %o to %o is linear interpolation over what a pixel covers', (size, scaled) => {
    const picture = noise(size, 7);

    const { pixels } = resample(picture, { scaled, frame: { left: 0, top: 0, ...scaled }, pad: 0 });

    expect(maxDifference(pixels, triangles(picture, scaled))).toBeLessThan(3);
  });

  it('rounds to neither side', () => {
    const size = { width: 97, height: 61 };
    const scaled = { width: 131, height: 47 };
    const { pixels } = resample(noise(size, 3), { scaled, frame: { left: 0, top: 0, ...scaled }, pad: 0 });
    const exact = triangles(noise(size, 3), scaled);

    const bias = pixels.reduce((sum, value, at) => sum + value - (exact[at] ?? 0), 0) / pixels.length;
    expect(Math.abs(bias)).toBeLessThan(0.1);
  });

  it('keeps black black and white white, however many pixels are mixed', () => {
    for (const value of [0, 255]) {
      const picture = flat({ width: 700, height: 500 }, [value, value, value]);
      const scaled = { width: 3, height: 900 };
      const { pixels } = resample(picture, { scaled, frame: { left: 0, top: 0, ...scaled }, pad: 1 });
      expect(pixels.every((found) => found === value)).toBe(true);
    }
  });

  it('shows the same of a picture in a frame as without', () => {
    const picture = noise({ width: 60, height: 45 }, 4);
    const scaled = { width: 41, height: 77 };
    const all = resample(picture, { scaled, frame: { left: 0, top: 0, ...scaled }, pad: 0 });
    const frame = { left: 5, top: -4, width: 30, height: 90 };

    const framed = resample(picture, { scaled, frame, pad: 114 });

    for (let y = 0; y < frame.height; y += 1) {
      for (let x = 0; x < frame.width; x += 1) {
        const row = y + frame.top;
        const expected =
          row >= 0 && row < scaled.height ? pixelAt(all, x + frame.left, row) : [114, 114, 114];
        expect(pixelAt(framed, x, y), `${x},${y}`).toEqual(expected);
      }
    }
  });

  it('does not look at a fourth channel', () => {
    const picture = noise({ width: 40, height: 30 }, 5);
    const four = withAlpha(picture, noise({ width: 20, height: 20 }, 6).pixels);
    for (const scaled of [
      { width: 23, height: 50 },
      { width: 40, height: 30 },
    ]) {
      const frame = { left: 0, top: 0, ...scaled };
      const result = resample(four, { scaled, frame, pad: 0 });
      expect(result.channels).toBe(3);
      expect(maxDifference(result.pixels, resample(picture, { scaled, frame, pad: 0 }).pixels)).toBe(0);
    }
  });

  it('comes to an end with memory for one that is far larger, and then for small ones', () => {
    const large = flat({ width: 3, height: 60_000 }, [9, 8, 7]);
    const scaled = { width: 400, height: 10 };
    const frame = { left: 0, top: 0, ...scaled };
    const before = resample(PICTURE, { scaled, frame, pad: 0 });

    const { pixels } = resample(large, { scaled, frame, pad: 0 });

    expect(maxDifference(pixels, flat(scaled, [9, 8, 7]).pixels)).toBe(0);
    expect(resample(PICTURE, { scaled, frame, pad: 0 })).toEqual(before);
  });
});

/** The same, straight from the definition, in floating point. */
function triangles({ pixels, width, height }: Picture, scaled: Size): number[] {
  const shares = (from: number, to: number, place: number): [number, number][] => {
    const step = from / to;
    const support = Math.max(1, step);
    const centre = (place + 0.5) * step - 0.5;
    const all = Array.from({ length: from }, (_, at) => [at, 1 - Math.abs(at - centre) / support] as const);
    const near = all.filter(([, share]) => share > 0);
    const sum = near.reduce((total, [, share]) => total + share, 0);
    return near.map(([at, share]) => [at, share / sum]);
  };
  const columns = Array.from({ length: scaled.width }, (_, x) => shares(width, scaled.width, x));
  const narrow = Array.from({ length: height }, (_, y) =>
    columns.flatMap((mix) =>
      [0, 1, 2].map((channel) =>
        mix.reduce((sum, [x, share]) => sum + share * (pixels[(y * width + x) * 3 + channel] ?? 0), 0),
      ),
    ),
  );
  return Array.from({ length: scaled.height }, (_, y) => shares(height, scaled.height, y)).flatMap((mix) =>
    Array.from({ length: scaled.width * 3 }, (_, at) =>
      mix.reduce((sum, [row, share]) => sum + share * (narrow[row]?.[at] ?? 0), 0),
    ),
  );
}
