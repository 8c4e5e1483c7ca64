import type { Picture, Region, Size } from '../picture.js';
import { fromPixels } from './sharp.js';

/** How to bring a picture into another frame: cut, scale, then cut or pad. */
export interface Resampling {
  /** The part of the picture to use; all of it when absent. */
  readonly from?: Region | undefined;
  /** The size that this part is scaled to. */
  readonly scaled: Size;
  /** The frame, in scaled pixels: what lies outside the scaled part is padded. */
  readonly frame: Region;
  /** 0..255, the grey of what is padded. */
  readonly pad: number;
}

/** Scales a picture into a frame, in RGB. Returns the picture's own pixels where there is nothing to do. */
export async function resample(picture: Picture, { from, scaled, frame, pad }: Resampling): Promise<Picture> {
  const whole = !from || (from.width === picture.width && from.height === picture.height);
  const same = scaled.width === picture.width && scaled.height === picture.height;
  const framed =
    frame.left !== 0 || frame.top !== 0 || frame.width !== scaled.width || frame.height !== scaled.height;
  if (whole && same && !framed) return picture;

  let pipeline = fromPixels(picture);
  if (!whole) pipeline = pipeline.extract(from);
  pipeline = pipeline.resize(scaled.width, scaled.height, { fit: 'fill' });
  const kept = intersection(frame, scaled);
  if (framed) {
    pipeline = pipeline.extract(kept).extend({
      left: kept.left - frame.left,
      top: kept.top - frame.top,
      right: frame.left + frame.width - kept.left - kept.width,
      bottom: frame.top + frame.height - kept.top - kept.height,
      background: { r: pad, g: pad, b: pad },
    });
  }
  const pixels = await pipeline.raw().toBuffer();
  return { width: frame.width, height: frame.height, channels: 3, pixels };
}

function intersection(frame: Region, { width, height }: Size): Region {
  const left = Math.max(0, frame.left);
  const top = Math.max(0, frame.top);
  return {
    left,
    top,
    width: Math.min(width, frame.left + frame.width) - left,
    height: Math.min(height, frame.top + frame.height) - top,
  };
}
