import { use, useEffect, useRef, type RefObject } from 'react';
import { InFrontContext } from '../app-context.js';

/**
 * When a view changes what it shows, the button that was pressed may be gone, and the keyboard would begin at the
 * top of the page again: gives the focus that was lost that way to an element.
 * @param shows another value is another content
 */
export function useLostFocus(element: RefObject<HTMLElement | null>, shows: string): void {
  const inFront = use(InFrontContext);
  const before = useRef(shows);
  useEffect(() => {
    if (before.current === shows) return;
    before.current = shows;
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (inFront && isLost) element.current?.focus({ preventScroll: true });
  }, [element, shows, inFront]);
}
