/**
 * AVIF, HEIC and most videos share one container, whose first box names the kinds ("brands") that it holds.
 * @see https://www.iso.org/standard/83102.html : ISO/IEC 14496-12, 4.3
 */
import { has, textAt, viewOf } from './bytes.js';

/** Far more brands than any file has. */
const MAX_BYTES = 512;

const AVIF_BRANDS = ['avif', 'avis'];
const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs'];
/** Pictures of any coding; their header tells which. */
const PICTURE_BRANDS = ['mif1', 'mif2', 'msf1', 'miaf'];
/** Major brands that the decoder knows a still picture by. */
const STILL_BRANDS = ['avif', ...PICTURE_BRANDS];

/** The brands of a file, the main one first; none for a file of another container. */
export function brandsOf(bytes: Uint8Array): readonly string[] {
  if (!has(bytes, 4, 'ftyp') || bytes.length < 16) return [];
  const end = Math.min(viewOf(bytes).getUint32(0), bytes.length, MAX_BYTES);
  const brands = [textAt(bytes, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textAt(bytes, at, 4));
  return brands;
}

export type IsoMedia = 'avif' | 'heic' | 'raw' | 'video';

/** What brands say of a file's content. `avif` also where only its header can tell: see the codec's own field. */
export function isoMediaOf(brands: readonly string[]): IsoMedia {
  const some = (known: readonly string[]) => brands.some((brand) => known.includes(brand));
  if (some(AVIF_BRANDS)) return 'avif';
  if (some(HEIC_BRANDS)) return 'heic';
  if (some(['crx '])) return 'raw';
  return some(PICTURE_BRANDS) ? 'avif' : 'video';
}

/**
 * An animated AVIF as a still one. It holds its first frame as a still picture too, if it says that it is `avif`
 * beside `avis`; but the decoder goes by the main brand alone.
 */
export function asStill(bytes: Uint8Array): Uint8Array {
  const [major, ...others] = brandsOf(bytes);
  if (major === undefined || STILL_BRANDS.includes(major) || !others.includes('avif')) return bytes;
  const still = Buffer.from(bytes);
  still.write('avif', 8, 'latin1');
  return still;
}
