/** Decodes a mask and takes it apart into a layer for each class, away from the thread that people feel. */
import { layerOf, PAINTED_CLASSES, paintedSize } from './mask-layers.js';

/** The layers of the classes that are in the mask, by their value; undefined when it could not be read. */
export type PaintedMask = ReadonlyMap<number, ImageBitmap> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  void paint(data)
    .catch((): PaintedMask => undefined)
    .then((painted) => self.postMessage(painted, { transfer: [...(painted?.values() ?? [])] }));
});

/** @param base64 PNG whose pixels are numbers of classes */
async function paint(base64: string): Promise<PaintedMask> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const mask = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), {
    // Numbers of classes are no colours.
    colorSpaceConversion: 'none',
  });
  const { width, height } = paintedSize(mask);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  // A number between two classes would be a third one.
  context.imageSmoothingEnabled = false;
  context.drawImage(mask, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const layers = new Map<number, ImageBitmap>();
  for (const { value, colour } of PAINTED_CLASSES) {
    if (!data.some((red, at) => at % 4 === 0 && red === value)) continue;
    layers.set(value, await createImageBitmap(new ImageData(layerOf(data, value, colour), width, height)));
  }
  return layers;
}
