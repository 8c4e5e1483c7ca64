/** TIFF files of any kind, written from their tags: https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf */
import type { Size } from '../../src/imaging/picture.js';

export const PHOTOMETRIC = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, cmyk: 5, ycbcr: 6 };

export interface TiffKind extends Size {
  readonly photometric: number;
  /** Of each sample. */
  readonly bits: number;
  /** Of a pixel. */
  readonly samples: number;
  /** What lies in the file, in its own order of bytes. */
  readonly data: Buffer;
  readonly bigEndian?: boolean;
  /** 64-bit places. */
  readonly big?: boolean;
  /** Further tags, all of them of 16-bit numbers; they replace those that follow from the members above. */
  readonly tags?: Readonly<Record<number, readonly number[]>>;
}

const SHORT = 3;
const LONG = 4;

/** One strip, one picture. */
export function tiffOf(kind: TiffKind): Buffer {
  const { bigEndian = false, big = false, data } = kind;
  const entries = entriesOf(kind);
  const word = big ? 8 : 4;
  const start = big ? 16 : 8;
  const directoryBytes = (big ? 8 : 2) + entries.length * (4 + 2 * word) + word;
  const file = Buffer.alloc(start + directoryBytes + entries.length * 8 + 4096);
  let behind = start + directoryBytes;
  const put = (at: number, size: number, value: number) => {
    if (size === 8) {
      if (bigEndian) file.writeBigUInt64BE(BigInt(value), at);
      else file.writeBigUInt64LE(BigInt(value), at);
    } else if (bigEndian) file.writeUIntBE(value, at, size);
    else file.writeUIntLE(value, at, size);
  };
  file.write(bigEndian ? 'MM' : 'II', 0);
  put(2, 2, big ? 43 : 42);
  if (big) put(4, 2, 8);
  put(big ? 8 : 4, word, start);
  put(start, big ? 8 : 2, entries.length);
  entries.forEach(({ tag, type, values }, index) => {
    const at = start + (big ? 8 : 2) + index * (4 + 2 * word);
    const size = type === LONG ? 4 : 2;
    put(at, 2, tag);
    put(at + 2, 2, type);
    put(at + 4, word, values.length);
    const inPlace = at + 4 + word;
    const from = values.length * size <= word ? inPlace : behind;
    if (from === behind) {
      put(inPlace, word, behind);
      behind += values.length * size + (values.length % 2);
    }
    // The pixels follow the file's fixed part.
    values.forEach((value, place) => put(from + place * size, size, tag === 273 ? file.length : value));
  });
  return Buffer.concat([file, data]);
}

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly values: readonly number[];
}

function entriesOf({ width, height, photometric, bits, samples, data, tags = {} }: TiffKind): Entry[] {
  const long = [
    { tag: 256, type: LONG, values: [width] },
    { tag: 257, type: LONG, values: [height] },
    { tag: 273, type: LONG, values: [0] },
    { tag: 278, type: LONG, values: [height] },
    { tag: 279, type: LONG, values: [data.length] },
  ];
  const short = {
    258: Array.from({ length: samples }, () => bits),
    259: [1],
    262: [photometric],
    277: [samples],
    284: [1],
    ...tags,
  };
  const others = Object.entries(short).map(([tag, values]) => ({ tag: Number(tag), type: SHORT, values }));
  return [...long, ...others].sort((a, b) => a.tag - b.tag);
}

/** Numbers as a file holds them. */
export function packed(values: readonly number[], bits: 8 | 16 | 32, bigEndian = false): Buffer {
  const data = Buffer.alloc((values.length * bits) / 8);
  values.forEach((value, index) => {
    if (bigEndian) data.writeUIntBE(value, (index * bits) / 8, bits / 8);
    else data.writeUIntLE(value, (index * bits) / 8, bits / 8);
  });
  return data;
}

/** Numbers of fewer than 8 bits, each row filled up to whole bytes. */
export function packedRows(values: readonly number[], width: number, bits: 1 | 2 | 4): Buffer {
  const stride = Math.ceil((width * bits) / 8);
  const data = Buffer.alloc(stride * (values.length / width));
  values.forEach((value, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    const at = y * stride + Math.floor((x * bits) / 8);
    data[at] = (data[at] ?? 0) | (value << (8 - bits - ((x * bits) % 8)));
  });
  return data;
}
