/** `93.1 %` */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** `640x480` */
export function dimensions(width: number, height: number): string {
  return `${width}x${height}`;
}

/** `3.7 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
