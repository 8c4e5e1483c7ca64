import { Signal } from '../ui/signal.js';

const STORED_AS = 'okulo:key';

/** The API key that requests are sent with; empty for none. It is forgotten when the tab is closed. */
export const apiKey = new Signal(sessionStorage.getItem(STORED_AS) ?? '');

export function hasApiKey(): boolean {
  return apiKey.get() !== '';
}

export function keepApiKey(key: string): void {
  if (key === '') sessionStorage.removeItem(STORED_AS);
  else sessionStorage.setItem(STORED_AS, key);
  apiKey.set(key);
}
