import { useEffect, useRef } from 'react';

/**
 * Does something whenever the page is looked at again, or the network is back: what could not be reached before may
 * be there by then.
 * @param act undefined for nothing
 */
export function useOnReturn(act: (() => void) | undefined): void {
  const latest = useRef(act);
  latest.current = act;
  const isWaiting = act !== undefined;
  useEffect(() => {
    if (!isWaiting) return;
    const look = (): void => {
      if (document.visibilityState === 'visible') latest.current?.();
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', look);
    };
  }, [isWaiting]);
}
