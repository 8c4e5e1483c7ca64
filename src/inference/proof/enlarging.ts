import { BAKED } from '../../convert/bake/names.js';
import { superResolution } from '../../convert/parsers/super-resolution.js';
import type { SpecFor } from '../../convert/parsers/parsers.js';
import { messageOf } from '../../errors.js';
import type { Size } from '../../imaging/picture.js';
import { pixelTensor, take } from '../../imaging/tensor.js';
import { outputFor, type PreparedModel } from '../../registry/prepared-model.js';
import type { DecodedImage } from '../../tasks/decoded-image.js';
import { areEqual, DAMAGED, expectPlausible, runOn } from './raw-answer.js';
import type { Session } from '../session.js';

/** Tiles come in any size: those at a picture's edges, and whole pictures that are smaller than a tile. */
const SIZES: readonly [Size, ...Size[]] = [
  { width: 48, height: 32 },
  { width: 24, height: 40 },
  { width: 33, height: 21 },
];
/** Levels of 0..255 between the darkest and the brightest value, of a picture that has them all. */
const MIN_CONTRAST = 3;

const ANY_SIZE =
  'Super resolution needs a network that takes pictures of any size: export it with open height and width';

/**
 * Proves that a network enlarges pictures of any size.
 * @throws Error with a sentence for the operator
 */
export async function proveEnlarging(
  session: Session,
  model: PreparedModel,
  [first, second]: readonly [DecodedImage, DecodedImage],
): Promise<void> {
  const fixed = model.input.size;
  if (fixed) {
    throw new Error(`The network takes pictures of ${fixed.width}x${fixed.height} pixels only. ${ANY_SIZE}`);
  }
  const [size] = SIZES;
  const spec = outputFor('SUPER_RESOLVE', model);
  const one = await enlarge(session, first, size, spec);
  const other = await enlarge(session, second, size, spec);
  if (areEqual(one, other)) {
    throw new Error(`The network makes the same of two quite different test pictures. ${DAMAGED}`);
  }
  for (const another of SIZES.slice(1)) {
    await enlarge(session, first, another, spec).catch((error: unknown) => {
      throw new Error(
        `The network can enlarge ${inWords(size)}, and not ${inWords(another)} (${messageOf(error)}). ${ANY_SIZE}`,
      );
    });
  }
}

/** @returns the enlarged picture's values, 0..255 */
async function enlarge(
  session: Session,
  picture: DecodedImage,
  size: Size,
  spec: SpecFor<'SUPER_RESOLVE'>,
): Promise<Uint8Array> {
  const { picture: small } = await picture.at(size);
  const outputs = await runOn(session, { [BAKED.pixels]: pixelTensor(small) });
  const upscaled = take(outputs, BAKED.upscaled, 'uint8');
  const expected = [1, size.height * spec.scale, size.width * spec.scale, 3];
  if (!areEqual(upscaled.dims, expected)) {
    throw new Error(
      `The network makes ${upscaled.dims.join('x')} of ${inWords(size)}, and ${expected.join('x')} was expected (picture, height, width, channels). Correct "scale" in "output" of its manifest entry`,
    );
  }
  expectPlausible(outputs, superResolution.raw(), 0);
  if (contrastOf(upscaled.data) < MIN_CONTRAST) {
    throw new Error(`The network makes a picture of a single colour out of a test picture. ${DAMAGED}`);
  }
  return upscaled.data;
}

function contrastOf(values: Uint8Array): number {
  return (
    values.reduce((max, value) => Math.max(max, value), 0) -
    values.reduce((min, value) => Math.min(min, value), 255)
  );
}

function inWords({ width, height }: Size): string {
  return `${width}x${height} pixels`;
}
