import { useSignal } from '../ui/use-signal.js';
import { service, type Service } from './service.js';

/** The connection as it is now; another one after the key has changed. */
export function useService(): Service {
  return useSignal(service);
}
