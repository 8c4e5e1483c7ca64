import type { ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import type { Report } from './report.js';

/** An option with the line that --help prints about it. */
export type Option = NonNullable<ParseArgsConfig['options']>[string] & { readonly about: string };

export interface Subcommand {
  /** One line for the list of subcommands. */
  readonly about: string;
  readonly options: Readonly<Record<string, Option>>;
  /**
   * @param values what was given for the options
   * @throws UsageError
   */
  run(values: Readonly<Record<string, unknown>>): Promise<Report>;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A whole number of at least one, from the command line. */
export const count = z.coerce.number<string>().int().min(1);

/**
 * Reads the values of a subcommand's options.
 * @throws UsageError
 */
export function readOptions<T extends z.ZodType>(schema: T, values: unknown): z.infer<T> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'),
  );
}
