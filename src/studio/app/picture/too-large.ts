import { bytesInWords, pixelsInWords } from '../../../size-words.js';
import type { Problem } from '../service/problem.js';
import type { PictureSource, ShownPicture } from './picture.js';

/** The most that is taken of a picture. */
export interface Max {
  readonly bytes: number;
  readonly pixels: number;
}

/**
 * Says what is too large about a picture before it is sent; undefined where nothing is.
 * @param taker who takes no more
 */
export function tooLarge(
  { source, shown }: { readonly source: PictureSource; readonly shown?: ShownPicture | undefined },
  max: Max,
  taker = 'the service',
): Problem | undefined {
  const sentence = (has: string, takes: string): Problem => ({
    kind: 'refused',
    code: 'IMAGE_TOO_LARGE',
    message: `This picture has ${has}, and ${taker} takes at most ${takes}.`,
  });
  const bytes = source.from === 'file' ? source.file.size : 0;
  if (bytes > max.bytes) return sentence(bytesInWords(bytes, Math.ceil), bytesInWords(max.bytes, Math.floor));
  const pixels = shown ? shown.width * shown.height : 0;
  if (pixels > max.pixels)
    return sentence(pixelsInWords(pixels, Math.ceil), pixelsInWords(max.pixels, Math.floor));
  return undefined;
}
