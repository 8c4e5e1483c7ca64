import { useCallback, useEffect, useRef, useState } from 'react';
import { hashOf, isSamePlace, placeIn, stateOf, type Place } from './place.js';

export interface UsedPlace {
  readonly place: Place;
  /**
   * Goes to another place.
   * @param change what it is, told of where one is
   * @param how `push` adds an entry to the browser's history, `replace` takes the place of the present one
   */
  readonly go: (change: (place: Place) => Place, how?: 'push' | 'replace') => void;
}

/** Where somebody is in the page, in step with address and history of the browser. */
export function usePlace(): UsedPlace {
  const [place, setPlace] = useState(() => placeIn(location.hash, history.state));
  const current = useRef(place);

  const go = useCallback<UsedPlace['go']>((change, how = 'push') => {
    const next = change(current.current);
    if (isSamePlace(next, current.current)) return;
    current.current = next;
    if (how === 'push') history.pushState(stateOf(next), '', hashOf(next));
    else history.replaceState(stateOf(next), '', hashOf(next));
    setPlace(next);
  }, []);

  useEffect(() => {
    const follow = (): void => {
      const told = placeIn(location.hash, history.state);
      // A link, or an address that was typed, tells no picture: the one on the page stays.
      const { picture, strip } = current.current;
      const isLink = history.state === null && picture !== undefined;
      const next = isLink ? { ...told, picture, ...(strip && { strip }) } : told;
      if (isLink) history.replaceState(stateOf(next), '');
      current.current = next;
      setPlace(next);
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  return { place, go };
}
