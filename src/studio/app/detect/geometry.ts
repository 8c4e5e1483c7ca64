/** A rectangle in pixels of the picture as displayed. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The whole pixels that a box touches, inside the picture, one at least. */
export function pixelRegion(box: Box, size: Size): Box {
  const x = clamp(Math.floor(box.x), 0, size.width - 1);
  const y = clamp(Math.floor(box.y), 0, size.height - 1);
  const right = clamp(Math.ceil(box.x + box.width), x + 1, size.width);
  const bottom = clamp(Math.ceil(box.y + box.height), y + 1, size.height);
  return { x, y, width: right - x, height: bottom - y };
}

/** Where a box lies on the picture at whatever size it is shown, as CSS lengths. */
export function placeOf({ x, y, width, height }: Box): Record<'left' | 'top' | 'width' | 'height', string> {
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}

/** The share of the picture that a box given in shares covers, 0..1: small boxes lie over large ones. */
export function areaOf({ width, height }: Box): number {
  return width * height;
}

/** Whether a label above the box would leave the picture: then it stands inside. */
export function hasRoomAbove(relative: Box): boolean {
  return relative.y > 0.06;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
