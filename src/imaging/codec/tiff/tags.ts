import { viewOf } from '../bytes.js';
import { damaged } from '../unreadable.js';
import { TAG } from './names.js';

/** A value of a tag for each sample of a pixel; no picture has more of them. */
const MAX_VALUES = 65_535;
/** The decoder's own bound for BigTIFF; the other form cannot count further than 65,535. */
const MAX_BIG_ENTRIES = 4096;

/** Bytes of a value, by the numbers of TIFF's whole types. */
const BYTES_OF_TYPE: Readonly<Record<number, number>> = { 1: 1, 6: 1, 3: 2, 8: 2, 4: 4, 9: 4, 16: 8, 17: 8 };

const WANTED: readonly number[] = Object.values(TAG);

/** The whole numbers of a picture's tags, by tag. */
export type TiffTags = ReadonlyMap<number, readonly number[]>;

/**
 * Reads those tags of a TIFF's first picture that say how its pixels lie.
 * @throws CodedError BAD_IMAGE when the directory is not whole
 * @see https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf : section 2
 * @see https://www.awaresystems.be/imaging/tiff/bigtiff.html
 */
export function readTags(bytes: Uint8Array): TiffTags {
  try {
    return tagsOf(viewOf(bytes));
  } catch (cause) {
    throw damaged(cause);
  }
}

function tagsOf(view: DataView): TiffTags {
  const little = view.getUint8(0) === 0x49;
  const big = view.getUint16(2, little) === 43;
  const numberAt = (at: number, size: number): number => {
    switch (size) {
      case 1:
        return view.getUint8(at);
      case 2:
        return view.getUint16(at, little);
      case 4:
        return view.getUint32(at, little);
      default:
        return Number(view.getBigUint64(at, little));
    }
  };
  const word = big ? 8 : 4;
  const directory = numberAt(big ? 8 : 4, word);
  const countBytes = big ? 8 : 2;
  const entryBytes = 4 + 2 * word;
  const entries = numberAt(directory, countBytes);
  if (big && entries > MAX_BIG_ENTRIES) throw new RangeError(`${entries} tags are more than any picture has`);
  const tags = new Map<number, readonly number[]>();
  for (let index = 0; index < entries; index += 1) {
    const at = directory + countBytes + index * entryBytes;
    const tag = numberAt(at, 2);
    // The decoder, too, goes by the first of two.
    if (!WANTED.includes(tag) || tags.has(tag)) continue;
    const size = BYTES_OF_TYPE[numberAt(at + 2, 2)];
    const count = numberAt(at + 4, word);
    if (size === undefined || count > MAX_VALUES) throw new RangeError(`Tag ${tag} holds something else`);
    const inPlace = at + 4 + word;
    const start = count * size <= word ? inPlace : numberAt(inPlace, word);
    const values = Array.from({ length: count }, (_, value) => numberAt(start + value * size, size));
    tags.set(tag, values);
  }
  return tags;
}
