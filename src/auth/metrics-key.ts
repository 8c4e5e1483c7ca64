import { digestOfKey } from './api-key.js';
import { digestIn, type Keyring } from './keyring.js';

/**
 * Who may read the metrics: every holder of an API key, and whoever has the key that is for nothing else.
 * @param keyring undefined where no API key is asked for
 * @param metricsKey undefined where there is no such key; where it alone is set, it is asked for
 */
export function metricsReaders(
  keyring: Pick<Keyring, 'holderOf'> | undefined,
  metricsKey: string | undefined,
): Pick<Keyring, 'holderOf'> | undefined {
  if (metricsKey === undefined) return keyring;
  // Digests: the time that comparing them takes tells nothing of the key.
  const digest = digestOfKey(metricsKey);
  return {
    holderOf: (authorization) =>
      digestIn(authorization) === digest
        ? { owner: 'metrics', isAdmin: false }
        : keyring?.holderOf(authorization),
  };
}
