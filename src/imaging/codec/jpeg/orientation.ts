import { textAt, viewOf } from '../bytes.js';

const ORIENTATION = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;

/**
 * The orientation that an EXIF block tells, 1..8, and 1 where it tells none.
 * @param exif from its TIFF header on
 * @returns undefined for a block that is not as the standard has it: readers differ in what they make of it
 * @see https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf : 4.6.4.1.3
 */
export function exifOrientation(exif: Uint8Array): number | undefined {
  const order = textAt(exif, 0, 2);
  if (exif.length < 14 || (order !== 'II' && order !== 'MM')) return undefined;
  const view = viewOf(exif);
  const little = order === 'II';
  const directory = view.getUint32(4, little);
  if (view.getUint16(2, little) !== 42 || directory < 8 || directory + 2 > exif.length) return undefined;
  const entries = view.getUint16(directory, little);
  if (directory + 2 + entries * ENTRY_BYTES > exif.length) return undefined;
  let orientation: number | undefined;
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * ENTRY_BYTES;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const isOne = view.getUint16(at + 2, little) === SHORT && view.getUint32(at + 4, little) === 1;
    const value = view.getUint16(at + 8, little);
    if (orientation !== undefined || !isOne || value < 1 || value > 8) return undefined;
    orientation = value;
  }
  return orientation ?? 1;
}
