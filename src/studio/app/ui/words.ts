/** A share of one as people read it: 93 %; one decimal where it is less than ten. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} %`;
}

/** Bytes as people read them. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${Number((bytes / 1e6).toFixed(1))} MB`;
}

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

export function dimensions({ width, height }: Dimensions): string {
  return `${width} × ${height}`;
}

/** Pixels as people read them: 4 megapixels, 0.3 megapixels. */
export function megapixels(pixels: number): string {
  const value = pixels / 1e6;
  return `${Number(value.toFixed(value < 9.95 ? 1 : 0))} ${value === 1 ? 'megapixel' : 'megapixels'}`;
}

/** `1 object`, `3 objects`; `1 class`, `3 classes` */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** The first of the names that a label gives: ImageNet has `tabby, tabby cat`. */
export function shortName(label: string): string {
  return label.split(',')[0]?.trim() ?? label;
}
