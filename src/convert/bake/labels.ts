import { ConversionError } from '../conversion-error.js';

/**
 * A list of another length names things that are others, or leaves some without a name.
 * @param classes how many the network tells apart; null or undefined where its file leaves that open
 * @param labelCount 0 where there is no list
 * @throws ConversionError
 */
export function checkLabels(classes: number | null | undefined, labelCount: number): void {
  if (classes === null || classes === undefined || labelCount === 0 || classes === labelCount) return;
  throw new ConversionError(
    `The network tells ${classes} classes apart, but its list of labels has ${labelCount}`,
  );
}
