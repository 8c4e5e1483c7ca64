/** Red, green, blue: 0..255. */
export type Colour = readonly [number, number, number];

const GOLDEN_ANGLE = 137.508;
/** The first class is teal. */
const FIRST_HUE = 170;

/** The colour of a class: neighbouring numbers are far apart, and black letters read well on all of them. */
export function labelColour(classIndex: number): Colour {
  const hue = (FIRST_HUE + classIndex * GOLDEN_ANGLE) % 360;
  let lightness = 0.6;
  let colour = fromHsl(hue, 0.95, lightness);
  // Blue is dark at a lightness where yellow is bright.
  while (luminance(colour) < 0.36 && lightness < 0.9) {
    lightness += 0.02;
    colour = fromHsl(hue, 0.95, lightness);
  }
  return colour;
}

export function cssColour([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Relative luminance as WCAG has it, 0..1. */
export function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param hue 0..360 @param saturation 0..1 @param lightness 0..1 */
function fromHsl(hue: number, saturation: number, lightness: number): Colour {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const at = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
