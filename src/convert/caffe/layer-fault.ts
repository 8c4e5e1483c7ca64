import { ConversionError } from '../conversion-error.js';

/** A layer that cannot be converted, in one sentence that begins with its name. */
export function layerFault({ name, type }: { name: string; type: string }, what: string): ConversionError {
  return new ConversionError(`Layer '${name}' (${type}) ${what}`);
}
