import { useSyncExternalStore } from 'react';
import type { Signal } from './signal.js';

/** The value of a signal; the component is rendered anew when it changes. */
export function useSignal<T>({ subscribe, get }: Signal<T>): T {
  return useSyncExternalStore(subscribe, get);
}
