import { CodedError } from '../errors.js';

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
