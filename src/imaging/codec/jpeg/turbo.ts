/**
 * libjpeg-turbo without sharp's pipeline around it, which takes longer than a small picture's decode: the only file
 * that imports it. It is there to be fast, and sharp decodes whatever it does not.
 */
import { createRequire } from 'node:module';
import type * as JpegTurbo from '@julusian/jpeg-turbo';
import { messageOf } from '../../../errors.js';
import type { Picture } from '../../picture.js';
import type { PlainJpeg } from './plain.js';
import { turn } from './turn.js';

type Turbo = Pick<typeof JpegTurbo, 'FORMAT_RGBX' | 'decompressSync'>;

const loaded = load();

/** At once: a module that is awaited would have all that import it begin later, in another order than they stand in. */
function load(): { readonly turbo?: Turbo; readonly fault?: string } {
  try {
    return { turbo: createRequire(import.meta.url)('@julusian/jpeg-turbo') as Turbo };
  } catch (error) {
    return { fault: messageOf(error) };
  }
}

/** Why it cannot be used here; undefined where it can. */
export const TURBO_FAULT: string | undefined = loaded.fault;

const CHANNELS = 4;

/**
 * Decodes a plain JPEG at its full size, turned as displayed. Its colours are those of a fast integer transform: a few
 * of 255 away from the exact ones, which no network notices.
 * @returns RGB and a fourth channel of no meaning; undefined where the decoder is not there, or finds the slightest
 *   fault: what is to be said of it is said by sharp
 */
export function decodeTurbo(
  bytes: Uint8Array,
  { stored, displayed, orientation }: PlainJpeg,
): Picture | undefined {
  const { turbo } = loaded;
  if (!turbo) return undefined;
  const pixels = new Uint8Array(stored.width * stored.height * CHANNELS);
  try {
    turbo.decompressSync(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      Buffer.from(pixels.buffer),
      { format: turbo.FORMAT_RGBX },
    );
  } catch {
    return undefined;
  }
  const upright = turn(new Uint32Array(pixels.buffer), stored, orientation);
  return { ...displayed, channels: CHANNELS, pixels: new Uint8Array(upright.buffer) };
}
