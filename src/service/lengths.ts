/** The range of an argument that is a list's length, and its default. */
export interface Length {
  readonly range: [min: number, max: number];
  readonly usual: number;
}

export const PAGE: Length = { range: [1, 100], usual: 20 };
export const OBJECTS: Length = { range: [1, 1000], usual: 100 };
export const LABELS: Length = { range: [1, 1000], usual: 5 };
