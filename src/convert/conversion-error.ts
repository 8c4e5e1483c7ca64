/** A model file that cannot be turned into a graph that the service runs. The message says why, for the operator. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
}
