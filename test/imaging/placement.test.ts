import { describe, expect, it } from 'vitest';
import { resample } from '../../src/imaging/resample.js';
import {
  fromInput,
  place,
  resampling,
  wholePixels,
  type Corners,
  type Fit,
  type Placement,
} from '../../src/imaging/placement.js';
import type { Region, Size } from '../../src/imaging/picture.js';
import { between, flat, pixelAt, randomNumbers } from '../kit/pictures.js';
import { manySizes, told } from './sizes.js';

const FITS: readonly Fit[] = ['stretch', 'cover', 'letterbox'];
const INPUTS: readonly Size[] = [
  { width: 416, height: 416 },
  { width: 896, height: 512 },
  { width: 64, height: 64 },
];
const PICTURES = manySizes(200, 5000, 11);

describe.each(FITS)('placing by %s', (fit) => {
  it('fills the whole input', () => {
    for (const picture of PICTURES) {
      for (const input of INPUTS) {
        const { frame } = place(fit, picture, input);
        expect([frame.width, frame.height], told(picture)).toEqual([input.width, input.height]);
      }
    }
  });

  it('scales to whole pixels, and never to none', () => {
    for (const picture of PICTURES) {
      for (const input of INPUTS) {
        const { width, height } = place(fit, picture, input).scaled;
        expect(Number.isInteger(width) && Number.isInteger(height), told(picture)).toBe(true);
        expect(Math.min(width, height), told(picture)).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('takes a box to the input and back to the same pixels', () => {
    const random = randomNumbers(12);
    for (const picture of PICTURES) {
      for (const input of INPUTS) {
        const placement = place(fit, picture, input);
        const box = randomBox(random, picture);
        const back = fromInput(toInput(box, placement, picture), placement, picture);
        expect(farthest(back, box), `${told(picture)} in ${told(input)}`).toBeLessThan(
          1e-6 * Math.max(picture.width, picture.height),
        );
      }
    }
  });

  it('never tells a box beyond the picture', () => {
    const random = randomNumbers(13);
    for (const picture of PICTURES) {
      for (const input of INPUTS) {
        const placement = place(fit, picture, input);
        const at = () => between(random, -input.width, 2 * input.width);
        const [left, top] = [at(), at()];
        const {
          left: x,
          top: y,
          width,
          height,
        } = fromInput({ left, top, right: left + 40, bottom: top + 40 }, placement, picture);
        expect(Math.min(x, y, width, height), told(picture)).toBeGreaterThanOrEqual(0);
        expect(x + width, told(picture)).toBeLessThanOrEqual(picture.width + 1e-6);
        expect(y + height, told(picture)).toBeLessThanOrEqual(picture.height + 1e-6);
      }
    }
  });
});

describe('stretch', () => {
  it('uses the whole input, whatever the aspect ratio', () => {
    const input = { width: 448, height: 256 };
    expect(place('stretch', { width: 10_000, height: 1 }, input)).toEqual({
      scaled: input,
      frame: { left: 0, top: 0, ...input },
    });
  });
});

describe('letterbox', () => {
  it('shows all of the picture, in the upper left corner, touching one opposite edge', () => {
    for (const picture of PICTURES) {
      for (const input of INPUTS) {
        const { scaled, frame } = place('letterbox', picture, input);
        expect([frame.left, frame.top], told(picture)).toEqual([0, 0]);
        expect(scaled.width <= input.width && scaled.height <= input.height, told(picture)).toBe(true);
        expect(scaled.width === input.width || scaled.height === input.height, told(picture)).toBe(true);
      }
    }
  });
});

describe('cover', () => {
  it('leaves no part of the input empty', () => {
    for (const picture of PICTURES) {
      for (const input of INPUTS) {
        const { scaled, frame } = place('cover', picture, input);
        expect(Math.min(frame.left, frame.top), told(picture)).toBeGreaterThanOrEqual(0);
        expect(frame.left + input.width, told(picture)).toBeLessThanOrEqual(scaled.width);
        expect(frame.top + input.height, told(picture)).toBeLessThanOrEqual(scaled.height);
      }
    }
  });

  it('cuts as much on one side as on the other, to the pixel', () => {
    for (const picture of PICTURES) {
      const { scaled, frame } = place('cover', picture, { width: 64, height: 64 });
      expect(scaled.width - 64 - 2 * frame.left, told(picture)).toBeOneOf([0, 1]);
      expect(scaled.height - 64 - 2 * frame.top, told(picture)).toBeOneOf([0, 1]);
    }
  });

  it.each([
    { width: 1_000_000, height: 1 },
    { width: 1, height: 1_000_000 },
  ])('can be carried out for a line of $width x $height pixels', (picture) => {
    const placement = place('cover', picture, { width: 224, height: 224 });

    const result = resample(flat(picture, [10, 20, 30]), resampling(placement, 0));

    expect([result.width, result.height]).toEqual([224, 224]);
    expect(pixelAt(result, 112, 112)).toEqual([10, 20, 30]);
  });
});

describe('the whole pixels of a box', () => {
  it('are all that it touches', () => {
    expect(wholePixels({ left: 1.2, top: 3.9, width: 2, height: 0.2 }, { width: 9, height: 9 })).toEqual({
      left: 1,
      top: 3,
      width: 3,
      height: 2,
    });
  });

  it('are at least one, and inside the picture', () => {
    const random = randomNumbers(14);
    for (const picture of PICTURES) {
      for (const box of [
        randomBox(random, picture),
        { left: picture.width, top: picture.height, width: 0, height: 0 },
        { left: 0, top: 0, width: 0, height: 0 },
      ]) {
        const { left, top, width, height } = wholePixels(box, picture);
        expect([left, top, width, height].every(Number.isInteger), told(picture)).toBe(true);
        expect(Math.min(left, top), told(picture)).toBeGreaterThanOrEqual(0);
        expect(Math.min(width, height), told(picture)).toBeGreaterThanOrEqual(1);
        expect(left + width <= picture.width && top + height <= picture.height, told(picture)).toBe(true);
      }
    }
  });
});

/** A box anywhere in the picture. */
function randomBox(random: () => number, { width, height }: Size): Region {
  const left = random() * width;
  const top = random() * height;
  return { left, top, width: random() * (width - left), height: random() * (height - top) };
}

function toInput(box: Region, { scaled, frame }: Placement, picture: Size): Corners {
  const x = (value: number) => (value * scaled.width) / picture.width - frame.left;
  const y = (value: number) => (value * scaled.height) / picture.height - frame.top;
  return {
    left: x(box.left),
    top: y(box.top),
    right: x(box.left + box.width),
    bottom: y(box.top + box.height),
  };
}

function farthest(a: Region, b: Region): number {
  return Math.max(
    Math.abs(a.left - b.left),
    Math.abs(a.top - b.top),
    Math.abs(a.left + a.width - b.left - b.width),
    Math.abs(a.top + a.height - b.top - b.height),
  );
}
