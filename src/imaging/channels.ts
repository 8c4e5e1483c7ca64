/** Pictures with and without colour and transparency, and the ways between them. */
import type { Channels, Picture } from './picture.js';

const OPAQUE = 255;

/** Whether pixels of so many channels have an alpha value, which is their last. */
export function hasAlpha(channels: Channels): channels is 2 | 4 {
  return channels === 2 || channels === 4;
}

/** Whether any pixel lets through what is behind it. */
export function isTransparent({ channels, pixels }: Picture): boolean {
  if (!hasAlpha(channels)) return false;
  for (let at = channels - 1; at < pixels.length; at += channels) if (pixels[at] !== OPAQUE) return true;
  return false;
}

/** Whether an RGB picture has equal channels in every pixel. */
export function isGrey({ pixels }: Picture): boolean {
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}

/** A picture's colours as RGB, whatever its channels; a picture that is RGB already is returned as it is. */
export function colourOf(picture: Picture): Picture {
  const { channels, pixels, width, height } = picture;
  if (channels === 3) return picture;
  const [green, blue] = channels === 4 ? [1, 2] : [0, 0];
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0, from = 0; at < rgb.length; at += 3, from += channels) {
    rgb[at] = pixels[from] ?? 0;
    rgb[at + 1] = pixels[from + green] ?? 0;
    rgb[at + 2] = pixels[from + blue] ?? 0;
  }
  return { width, height, channels: 3, pixels: rgb };
}

/** One of a picture's channels, as a picture of its own. */
export function channelOf({ channels, pixels, width, height }: Picture, channel: number): Picture {
  const values = new Uint8Array(width * height);
  for (let at = 0, from = channel; at < values.length; at += 1, from += channels)
    values[at] = pixels[from] ?? 0;
  return { width, height, channels: 1, pixels: values };
}

/** The mean of an RGB picture's channels, rounded. */
export function greyOf({ pixels, width, height }: Picture): Picture {
  const grey = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 3) {
    grey[at] = Math.round(((pixels[from] ?? 0) + (pixels[from + 1] ?? 0) + (pixels[from + 2] ?? 0)) / 3);
  }
  return { width, height, channels: 1, pixels: grey };
}

/** Adds an alpha channel to a picture that has none. */
export function withAlpha(colour: Picture, alpha: Uint8Array): Picture {
  const { width, height } = colour;
  const channels = colour.channels === 1 ? 2 : 4;
  const pixels = new Uint8Array(alpha.length * channels);
  const colours = channels - 1;
  for (let at = 0; at < alpha.length; at += 1) {
    for (let channel = 0; channel < colours; channel += 1) {
      pixels[at * channels + channel] = colour.pixels[at * colours + channel] ?? 0;
    }
    pixels[at * channels + colours] = alpha[at] ?? OPAQUE;
  }
  return { width, height, channels, pixels };
}
