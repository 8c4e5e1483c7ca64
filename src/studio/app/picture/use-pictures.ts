import { useCallback, useEffect, useRef, useState } from 'react';
import type { Client } from 'urql';
import { useService } from '../service/use-service.js';
import { keepFile, keptFile } from './kept-pictures.js';
import { makeVisible } from './make-visible.js';
import type { Picture } from './picture.js';

/** A picture that a place names. */
export type Restored =
  | { readonly state: 'there'; readonly picture: Picture }
  /** It is being fetched from what the browser has kept. */
  | { readonly state: 'coming' }
  | { readonly state: 'none' };

export interface UsedPictures {
  /** Keeps a picture, for this page and for later visits. */
  readonly keep: (picture: Picture) => void;
  readonly restore: (id: string | undefined) => Restored;
  /** True once the browser has refused to keep one: a reload forgets it. */
  readonly isForgetful: boolean;
}

const NONE: Restored = { state: 'none' };
const COMING: Restored = { state: 'coming' };

/** The pictures of this page, and those that the browser has kept of earlier visits. */
export function usePictures(): UsedPictures {
  const { client } = useService();
  const known = useRef(new Map<string, Restored>());
  const [, setRound] = useState(0);
  const [isForgetful, setForgetful] = useState(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const keep = useCallback((picture: Picture) => {
    known.current.set(picture.id, { state: 'there', picture });
    void keepFile(picture.id, picture.file).then((isKept) => {
      if (!isKept && isMounted.current) setForgetful(true);
    });
  }, []);
  const restore = useCallback(
    (id: string | undefined): Restored => {
      if (id === undefined) return NONE;
      const there = known.current.get(id);
      if (there) return there;
      known.current.set(id, COMING);
      void fetchKept(id, client).then((picture) => {
        known.current.set(id, picture ? { state: 'there', picture } : NONE);
        if (isMounted.current) setRound((before) => before + 1);
      });
      return COMING;
    },
    [client],
  );
  return { keep, restore, isForgetful };
}

async function fetchKept(id: string, client: Client): Promise<Picture | undefined> {
  const file = await keptFile(id);
  if (file === undefined) return undefined;
  const made = await makeVisible(file, client);
  return { id, file, ...(made.as === 'visible' && { shown: made.shown }) };
}
