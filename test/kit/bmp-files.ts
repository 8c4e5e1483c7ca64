/** BMP files of every kind: https://learn.microsoft.com/windows/win32/gdi/bitmap-storage */
import type { Picture } from '../../src/imaging/picture.js';

export interface BmpKind {
  readonly width: number;
  /** Negative for rows from the upper one on. */
  readonly height: number;
  readonly bits: number;
  /** 12 is OS/2's first; 40 is what most programs write. */
  readonly headerBytes?: 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124;
  readonly compression?: number;
  /** Red, green, blue and perhaps alpha: in the header, or behind one of 40 bytes. */
  readonly masks?: readonly number[];
  /** Red, green, blue each. */
  readonly palette?: readonly (readonly number[])[];
  /** Rows as they lie in the file, padded. */
  readonly data: Buffer;
}

export function bmpOf(kind: BmpKind): Buffer {
  const { width, height, bits, headerBytes = 40, compression = 0, masks = [], palette = [], data } = kind;
  const info = Buffer.alloc(headerBytes);
  info.writeUInt32LE(headerBytes, 0);
  if (headerBytes === 12) {
    info.writeUInt16LE(width, 4);
    info.writeUInt16LE(height, 6);
    info.writeUInt16LE(1, 8);
    info.writeUInt16LE(bits, 10);
  } else {
    info.writeInt32LE(width, 4);
    info.writeInt32LE(height, 8);
    info.writeUInt16LE(1, 12);
    info.writeUInt16LE(bits, 14);
  }
  if (headerBytes >= 40) {
    info.writeUInt32LE(compression, 16);
    info.writeUInt32LE(palette.length, 32);
  }
  const maskBytes = Buffer.alloc(masks.length * 4);
  masks.forEach((mask, index) => maskBytes.writeUInt32LE(mask, index * 4));
  const inside = headerBytes >= 52 && headerBytes !== 64;
  if (inside) maskBytes.copy(info, 40);
  const colours = Buffer.from(
    palette.flatMap(([red = 0, green = 0, blue = 0]) =>
      headerBytes === 12 ? [blue, green, red] : [blue, green, red, 0],
    ),
  );
  const head = Buffer.concat([info, inside ? Buffer.alloc(0) : maskBytes, colours]);
  const file = Buffer.alloc(14);
  file.write('BM', 0);
  file.writeUInt32LE(14 + head.length + data.length, 2);
  file.writeUInt32LE(14 + head.length, 10);
  return Buffer.concat([file, head, data]);
}

/**
 * Rows padded to four bytes, the lowest first.
 * @param values one number a pixel, from the upper left one on
 */
export function bmpRows(values: readonly number[], width: number, bits: number, topDown = false): Buffer {
  const stride = Math.ceil((width * bits) / 32) * 4;
  const height = values.length / width;
  const data = Buffer.alloc(stride * height);
  values.forEach((value, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    const at = (topDown ? y : height - 1 - y) * stride + Math.floor((x * bits) / 8);
    if (bits >= 8) data.writeUIntLE(value, at, bits / 8);
    else data[at] = (data[at] ?? 0) | (value << (8 - bits - ((x * bits) % 8)));
  });
  return data;
}

/** A picture as most programs write it: 24 bits, no compression. */
export function bmpFile({ width, height, pixels }: Picture): Buffer {
  const values = Array.from({ length: width * height }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(index * 3, index * 3 + 3);
    return (red << 16) | (green << 8) | blue;
  });
  return bmpOf({ width, height, bits: 24, data: bmpRows(values, width, 24) });
}
