/**
 * Unpacks run-length encoded rows. What lies beyond a row's end is dropped; what is never written has the first
 * colour.
 * @param packed the file from its pixels on
 * @param nibbles whether two pixels share a byte (RLE4)
 * @returns a number in the palette a pixel, in the file's order of rows
 * @throws RangeError when the data ends before its end mark and its last row
 * @see https://learn.microsoft.com/windows/win32/gdi/bitmap-compression
 */
export function unpackRuns(
  packed: Uint8Array,
  { width, height }: { width: number; height: number },
  nibbles: boolean,
): Uint8Array {
  const pixels = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, 0];
  const byteAt = (place: number): number => {
    const byte = packed[place];
    if (byte === undefined) throw new RangeError('The runs end before the picture');
    return byte;
  };
  const put = (value: number) => {
    if (x < width) pixels[y * width + x] = value;
    x += 1;
  };
  const nibble = (byte: number, index: number) => (index % 2 === 0 ? byte >> 4 : byte & 15);
  // A last row that is full needs no mark behind it.
  while (y < height && !(y === height - 1 && x >= width && at + 1 >= packed.length)) {
    const count = byteAt(at);
    const value = byteAt(at + 1);
    at += 2;
    if (count > 0) {
      // Not a step beyond the row's end: a file of long runs would take minutes there.
      const shown = Math.min(count, Math.max(0, width - x));
      for (let index = 0; index < shown; index += 1) put(nibbles ? nibble(value, index) : value);
      x += count - shown;
    } else if (value === 0) {
      [x, y] = [0, y + 1];
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      [x, y] = [x + byteAt(at), y + byteAt(at + 1)];
      at += 2;
    } else {
      const bytes = nibbles ? Math.ceil(value / 2) : value;
      for (let index = 0; index < value; index += 1)
        put(nibbles ? nibble(byteAt(at + (index >> 1)), index) : byteAt(at + index));
      // Padded to an even number of bytes.
      at += bytes + (bytes % 2);
    }
  }
  return pixels;
}
