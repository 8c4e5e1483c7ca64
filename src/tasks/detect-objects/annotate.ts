import { encode } from '../../imaging/codec/encode.js';
import { colourOf } from '../../imaging/colour.js';
import { copyOf, outline, plate } from '../../imaging/draw.js';
import { GLYPH } from '../../imaging/glyphs.js';
import { wholePixels } from '../../imaging/placement.js';
import type { ChannelOrder, EncodedImage, ImageFormat, Picture, Region } from '../../imaging/picture.js';

/** What is drawn of an object. */
interface DrawnObject {
  readonly classIndex: number;
  readonly score: number;
  readonly box: Region;
}

/** Draws boxes and labels on the image, the strongest last and so on top, in a size that suits the image's. */
export function annotate(
  picture: Picture,
  objects: readonly DrawnObject[],
  labels: readonly string[],
  { format, channels }: { readonly format: ImageFormat; readonly channels?: ChannelOrder },
): Promise<EncodedImage> {
  const drawing = copyOf(picture);
  const scale = Math.max(1, Math.round(Math.min(picture.width, picture.height) / 240));
  for (const { classIndex, score, box } of [...objects].reverse()) {
    const region = wholePixels(box, picture);
    const colour = colourOf(classIndex);
    outline(drawing, region, colour, scale);
    const text = `${labels[classIndex] ?? classIndex} ${Math.round(score * 100)}%`;
    plate(drawing, text, { left: region.left, top: region.top - (GLYPH.height + 2) * scale }, colour, scale);
  }
  return encode(drawing, format, channels);
}
