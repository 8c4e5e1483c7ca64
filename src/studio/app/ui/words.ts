/** A share of one as people read it: 93 %; one decimal where it is less than ten. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} %`;
}

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

export function dimensions({ width, height }: Dimensions): string {
  return `${width} × ${height}`;
}

/** `1 object`, `3 objects`; `1 class`, `3 classes` */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** The first of the names that a label gives: ImageNet has `tabby, tabby cat`. */
export function shortName(label: string): string {
  return label.split(',')[0]?.trim() ?? label;
}
