import { CodedError } from '../errors.js';
import type { KnownModel } from '../registry/catalog.js';
import type { Context } from './services.js';

/**
 * Begins to fetch and prepare a model, for everybody, and does not wait for it.
 * @returns the model as it is now
 * @throws CodedError FORBIDDEN for who is no administrator; what downloads refuse
 */
export function prepareModel(id: string, { services, isAdmin }: Context): KnownModel {
  if (!isAdmin) {
    throw new CodedError(
      'FORBIDDEN',
      "Only an administrator's key may fetch models. The operator makes one with 'okulo keys add --admin <name>'.",
    );
  }
  services.downloads.start(id);
  const known = services.catalog.find(id);
  if (!known) throw new Error(`The model ${id} is no longer known`);
  return known;
}
