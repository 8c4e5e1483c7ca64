import { describe, expect, it } from 'vitest';
import { inputOf } from '../../src/tasks/view.js';
import { maxDifference, noise, pixelAt, scene } from '../kit/pictures.js';
import { modelOf } from './colour-networks.js';
import { patches, RED, viewOf } from './pictures.js';

const SIZE = { width: 40, height: 20 };
const modelWith = (fit: 'stretch' | 'cover' | 'letterbox', pad = 0) => {
  const model = modelOf({ parser: 'softmax-top-k', logits: false }, SIZE, fit);
  return { ...model, input: { ...model.input, pad } };
};

describe("a network's input", () => {
  it('is the picture itself where it has the right size', async () => {
    const picture = noise(SIZE, 1);

    const { pixels } = await inputOf(viewOf(picture), modelWith('stretch'));

    expect(pixels).toEqual({ type: 'uint8', data: picture.pixels, dims: [1, 20, 40, 3] });
    expect(pixels.data).toBe(picture.pixels);
  });

  it("is padded with the model's grey", async () => {
    const { pixels } = await inputOf(
      viewOf(patches({ width: 20, height: 20 }, RED)),
      modelWith('letterbox', 114),
    );

    const picture = { ...SIZE, channels: 3 as const, pixels: pixels.data as Uint8Array };
    expect(pixelAt(picture, 19, 10)).toEqual([255, 0, 0]);
    expect(pixelAt(picture, 20, 10)).toEqual([114, 114, 114]);
  });

  it.each(['stretch', 'cover', 'letterbox'] as const)(
    'is the same for a region as for that region as a picture (%s)',
    async (fit) => {
      const picture = scene({ width: 90, height: 70 });
      const region = { left: 13, top: 7, width: 51, height: 44 };
      const part = noise(region, 0);
      for (let y = 0; y < 44; y += 1) {
        for (let x = 0; x < 51; x += 1) part.pixels.set(pixelAt(picture, x + 13, y + 7), (y * 51 + x) * 3);
      }

      const ofRegion = await inputOf(viewOf(picture), modelWith(fit), region);
      const ofPart = await inputOf(viewOf(part), modelWith(fit));

      expect(ofRegion.placement).toEqual(ofPart.placement);
      expect(
        maxDifference(Array.from(ofRegion.pixels.data, Number), Array.from(ofPart.pixels.data, Number)),
      ).toBe(0);
    },
  );
});
