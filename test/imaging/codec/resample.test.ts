import { describe, expect, it } from 'vitest';
import { resample } from '../../../src/imaging/codec/resample.js';
import { flat, maxDifference, meanDifference, noise, pixelAt, scene } from '../../kit/pictures.js';

const PICTURE = noise({ width: 20, height: 10 }, 2);
const whole = { width: 20, height: 10 };

describe('resampling', () => {
  it('gives back the very pixels where there is nothing to do', async () => {
    const result = await resample(PICTURE, { scaled: whole, frame: { left: 0, top: 0, ...whole }, pad: 0 });

    expect(result.pixels).toBe(PICTURE.pixels);
  });

  it('scales without cutting', async () => {
    const size = { width: 60, height: 40 };
    const scaled = await resample(scene({ width: 240, height: 160 }), {
      scaled: size,
      frame: { left: 0, top: 0, ...size },
      pad: 0,
    });

    expect(meanDifference(scaled.pixels, scene(size).pixels)).toBeLessThan(6);
  });

  it('cuts a part of the picture exactly', async () => {
    const from = { left: 3, top: 4, width: 5, height: 2 };
    const size = { width: 5, height: 2 };

    const part = await resample(PICTURE, { from, scaled: size, frame: { left: 0, top: 0, ...size }, pad: 0 });

    expect(pixelAt(part, 0, 0)).toEqual(pixelAt(PICTURE, 3, 4));
    expect(pixelAt(part, 4, 1)).toEqual(pixelAt(PICTURE, 7, 5));
  });

  it('looks at nothing outside the part that it is given', async () => {
    const picture = flat({ width: 40, height: 40 }, [255, 0, 0]);
    for (let y = 10; y < 30; y += 1) {
      for (let x = 10; x < 30; x += 1) picture.pixels.set([0, 255, 0], (y * 40 + x) * 3);
    }
    const size = { width: 64, height: 64 };

    const part = await resample(picture, {
      from: { left: 10, top: 10, width: 20, height: 20 },
      scaled: size,
      frame: { left: 0, top: 0, ...size },
      pad: 0,
    });

    expect(maxDifference(part.pixels, flat(size, [0, 255, 0]).pixels)).toBe(0);
  });

  it('cuts the frame out of what was scaled', async () => {
    const framed = await resample(PICTURE, {
      scaled: whole,
      frame: { left: 5, top: 0, width: 10, height: 10 },
      pad: 0,
    });

    expect([framed.width, framed.height]).toEqual([10, 10]);
    expect(pixelAt(framed, 0, 0)).toEqual(pixelAt(PICTURE, 5, 0));
    expect(pixelAt(framed, 9, 9)).toEqual(pixelAt(PICTURE, 14, 9));
  });

  it('pads what the picture does not fill, in the grey that is asked for', async () => {
    const framed = await resample(PICTURE, {
      scaled: whole,
      frame: { left: 0, top: 0, width: 20, height: 20 },
      pad: 114,
    });

    expect([framed.width, framed.height]).toEqual([20, 20]);
    expect(maxDifference(framed.pixels.subarray(0, 600), PICTURE.pixels)).toBe(0);
    expect(framed.pixels.subarray(600).every((value) => value === 114)).toBe(true);
  });

  it('pads on the left and above as well', async () => {
    const framed = await resample(PICTURE, {
      scaled: whole,
      frame: { left: -2, top: -3, width: 24, height: 14 },
      pad: 9,
    });

    expect(pixelAt(framed, 0, 0)).toEqual([9, 9, 9]);
    expect(pixelAt(framed, 2, 3)).toEqual(pixelAt(PICTURE, 0, 0));
    expect(pixelAt(framed, 21, 12)).toEqual(pixelAt(PICTURE, 19, 9));
    expect(pixelAt(framed, 22, 13)).toEqual([9, 9, 9]);
  });

  it('leaves the original as it was', async () => {
    const before = Uint8Array.from(PICTURE.pixels);
    const size = { width: 7, height: 7 };

    await resample(PICTURE, { scaled: size, frame: { left: 0, top: 0, ...size }, pad: 0 });

    expect(PICTURE.pixels).toEqual(before);
  });
});
