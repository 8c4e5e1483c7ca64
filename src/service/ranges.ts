import { CodedError } from '../errors.js';

/** The range of an argument that is a list's length, and its default. */
export interface Length {
  readonly range: [min: number, max: number];
  readonly usual: number;
}

export const PAGE: Length = { range: [1, 100], usual: 20 };
export const OBJECTS: Length = { range: [1, 1000], usual: 100 };
export const LABELS: Length = { range: [1, 1000], usual: 5 };

/**
 * A number argument within its range; null and undefined stand for the default.
 * @throws CodedError BAD_USER_INPUT
 */
export function within(name: string, value: unknown, [min, max]: [number, number], fallback: number): number {
  if (value === null || value === undefined) return fallback;
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new CodedError(
    'BAD_USER_INPUT',
    `Expected '${name}' from ${min} to ${max}, and ${JSON.stringify(value)} came.`,
  );
}
