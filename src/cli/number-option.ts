import { InvalidArgumentError, Option } from 'commander';

/** An option with a value that is checked as the command line is read. */
export function option<T>(
  flags: string,
  description: string,
  parse: (value: string, before: T) => T,
): Option {
  return new Option(flags, description).argParser(parse);
}

/** Reads a number. @throws InvalidArgumentError */
export function within(least: number, most: number) {
  return (value: string): number => {
    const number = value.trim() === '' ? NaN : Number(value);
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
  };
}

/** Reads a whole number. @throws InvalidArgumentError */
export function whole(least: number, most: number) {
  return (value: string): number => {
    const number = value.trim() === '' ? NaN : Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}
