import { useEffect } from 'react';

const MS_BETWEEN = 5000;

/** Looks again when the person comes back to the window, and every five seconds while the page can be seen. */
export function usePolling(isWanted: boolean, look: () => void): void {
  useEffect(() => {
    if (!isWanted) return;
    const lookIfSeen = (): void => {
      if (document.visibilityState === 'visible') look();
    };
    const timer = setInterval(lookIfSeen, MS_BETWEEN);
    window.addEventListener('focus', lookIfSeen);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', lookIfSeen);
    };
  }, [isWanted, look]);
}
