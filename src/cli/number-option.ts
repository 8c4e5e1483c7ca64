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
export function within(min: number, max: number) {
  return (value: string): number => {
    const number = value.trim() === '' ? NaN : Number(value);
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`);
  };
}

/** Reads a whole number. @throws InvalidArgumentError */
export function whole(min: number, max: number) {
  return (value: string): number => {
    const number = value.trim() === '' ? NaN : Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}
