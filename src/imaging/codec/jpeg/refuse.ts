import { notRead } from '../unreadable.js';
import { viewOf } from '../bytes.js';

const START_OF_SCAN = 0xda;
const JPEG_LS = 0xf7;
/** Start of frame: of all marker codes from C0 to CF but three, which are tables. */
const isFrame = (code: number) => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);
/** Several frames that refine each other, which nothing writes. */
const HIERARCHICAL = [0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf];

/**
 * Refuses the rare kinds of JPEG by name: 12 and 16 bits a sample, JPEG-LS, hierarchical. (Progressive,
 * arithmetic-coded and lossless ones are decoded.) What is damaged is left to the decoder.
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf : B.1.1.3 and B.2.2
 */
export function checkJpeg(bytes: Uint8Array): void {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 5 <= bytes.length && view.getUint8(at) === 0xff) {
    const code = view.getUint8(at + 1);
    if (code === START_OF_SCAN) return;
    if (code === JPEG_LS) throw notRead('a JPEG-LS picture');
    if (HIERARCHICAL.includes(code)) throw notRead('a hierarchical JPEG');
    if (isFrame(code)) {
      const precision = view.getUint8(at + 4);
      if (precision > 8 && precision <= 16) throw notRead(`a JPEG of ${precision} bits a sample`);
      return;
    }
    // A marker may be filled up with any number of FF bytes.
    at += code === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
}
