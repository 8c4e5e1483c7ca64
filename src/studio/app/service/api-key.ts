import { ownStorage } from '../../own-storage.js';
import { SERVICE_PATH } from '../../service-url.js';
import { Signal } from '../ui/signal.js';

const STORED_AS = 'okulo:key';
/** A key is for this service alone. */
const kept = ownStorage(sessionStorage, SERVICE_PATH);

/** The API key that requests are sent with; empty for none. It is forgotten when the tab is closed. */
export const apiKey = new Signal(kept.getItem(STORED_AS) ?? '');

export function hasApiKey(): boolean {
  return apiKey.get() !== '';
}

export function keepApiKey(key: string): void {
  if (key === '') kept.removeItem(STORED_AS);
  else kept.setItem(STORED_AS, key);
  apiKey.set(key);
}
