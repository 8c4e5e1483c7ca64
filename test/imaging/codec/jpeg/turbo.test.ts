import { describe, expect, it } from 'vitest';
import { colourOf } from '../../../../src/imaging/channels.js';
import { decode, decodeSmall, filesDecoded } from '../../../../src/imaging/codec/decode.js';
import { TURBO_FAULT } from '../../../../src/imaging/codec/jpeg/turbo.js';
import { asSharp, jpegOf, maxDifference, meanDifference, scene } from '../../../kit/pictures.js';
import { refusal } from '../read.js';

const SIZE = { width: 93, height: 61 };
const PICTURE = scene(SIZE);
const jpeg = (options: Parameters<ReturnType<typeof asSharp>['jpeg']>[0]) => asSharp(PICTURE).jpeg(options);

describe.skipIf(TURBO_FAULT !== undefined)('the decoder of small JPEG files', () => {
  const usual = ['4:2:0', '4:4:4'].flatMap((chromaSubsampling) =>
    [false, true].flatMap((progressive) =>
      [30, 75, 90, 100].map((quality) => ({ chromaSubsampling, progressive, quality })),
    ),
  );
  it.each(usual)('sees the colours that sharp sees: %o', async (options) => {
    const file = await jpeg(options).toBuffer();
    const before = filesDecoded();

    const small = await decodeSmall(file);

    expect(filesDecoded()).toBe(before + 1);
    expect(small).toMatchObject({ ...SIZE, channels: 4 });
    const exact = await decode(file, SIZE);
    const found = small ? colourOf(small).pixels : [];
    expect(maxDifference(found, exact.pixels)).toBeLessThan(16);
    expect(meanDifference(found, exact.pixels)).toBeLessThan(1.5);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'turns a picture of EXIF orientation %i as sharp does',
    async (orientation) => {
      const file = await jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
      // sharp writes a profile with it, which would be for sharp to read.
      const bare = withoutProfile(file);

      const small = await decodeSmall(bare);

      const displayed = orientation > 4 ? { width: 61, height: 93 } : SIZE;
      expect(small).toMatchObject(displayed);
      expect(
        meanDifference(small ? colourOf(small).pixels : [], (await decode(bare, displayed)).pixels),
      ).toBeLessThan(1.5);
    },
  );

  it.each([
    ['a PNG', () => asSharp(PICTURE).png().toBuffer()],
    ['CMYK', () => jpeg({}).toColourspace('cmyk').toBuffer()],
    ['a wide gamut', () => jpeg({}).withIccProfile('p3').toBuffer()],
    ['more than a megapixel', () => jpegOf(scene({ width: 1001, height: 1000 }))],
    ['a line', () => jpegOf(scene({ width: 5000, height: 3 }))],
  ])('leaves %s to sharp', async (_, make) => {
    expect(await decodeSmall(await make())).toBeUndefined();
  });

  it('leaves what is cut off to sharp, which refuses it', async () => {
    const file = await jpegOf(PICTURE);
    const header = file.indexOf('\xff\xda', 0, 'latin1');
    for (const length of [header + 4, header + 20, Math.floor(file.length / 2), file.length - 40]) {
      const part = file.subarray(0, length);
      expect(await decodeSmall(part), `${length} bytes`).toBeUndefined();
      expect((await refusal(decode(part, SIZE))).code).toBe('BAD_IMAGE');
    }
  });

  it('reads bytes that are a part of a larger buffer', async () => {
    const file = await jpegOf(PICTURE);
    const within = Buffer.concat([Buffer.alloc(3, 1), file, Buffer.alloc(5, 2)]).subarray(3, 3 + file.length);

    expect(await decodeSmall(within)).toEqual(await decodeSmall(file));
  });
});

function withoutProfile(file: Buffer): Buffer {
  const at = file.indexOf('ICC_PROFILE\0', 0, 'latin1') - 4;
  return at < 0
    ? file
    : Buffer.concat([file.subarray(0, at), file.subarray(at + 2 + file.readUInt16BE(at + 2))]);
}
