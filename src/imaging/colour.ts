/** Red, green, blue: 0..255. */
export type Colour = readonly [number, number, number];

/** Neighbouring numbers get hues far apart (steps of the golden angle), bright enough for dark and light pictures. */
export function colourOf(index: number): Colour {
  const hue = (index * 137.508) % 360;
  const channel = (offset: number) => {
    const position = (offset + hue / 60) % 6;
    return Math.round(255 * (1 - 0.85 * Math.max(0, Math.min(position, 4 - position, 1))));
  };
  return [channel(5), channel(3), channel(1)];
}

/** Black or white, whichever reads better on a colour. */
export function inkOn([red, green, blue]: Colour): Colour {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? [0, 0, 0] : [255, 255, 255];
}
