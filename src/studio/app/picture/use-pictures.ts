import { useCallback, useEffect, useRef, useState } from 'react';
import type { Client } from 'urql';
import { useService } from '../service/use-service.js';
import { keepSource, keptSource } from './kept-pictures.js';
import { makeVisible, pictureFacts } from './make-visible.js';
import type { Picture, PictureSource } from './picture.js';

/** A picture that a place names. */
export type Restored =
  | { readonly state: 'there'; readonly picture: Picture }
  /** It is being fetched from what the browser has kept, or made visible. */
  | { readonly state: 'coming' }
  | { readonly state: 'none' };

export interface UsedPictures {
  /** Keeps pictures, for this page and for later visits. The first one is there; others are made visible when they are asked for. */
  readonly keep: (pictures: readonly Picture[]) => void;
  readonly restore: (id: string | undefined) => Restored;
  /** What is sent of a picture that this page knows, visible or not. */
  readonly sourceOf: (id: string) => Promise<PictureSource | undefined>;
  /** True once the browser has refused to keep one: a reload forgets it. */
  readonly isForgetful: boolean;
}

const NONE: Restored = { state: 'none' };
const COMING: Restored = { state: 'coming' };

/** The pictures of this page, and those that the browser has kept of earlier visits. */
export function usePictures(): UsedPictures {
  const { client } = useService();
  const known = useRef(new Map<string, Restored>());
  const sources = useRef(new Map<string, PictureSource>());
  const [, setRound] = useState(0);
  const [isForgetful, setForgetful] = useState(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const keep = useCallback((pictures: readonly Picture[]) => {
    const [first] = pictures;
    if (first) known.current.set(first.id, { state: 'there', picture: first });
    for (const { id, source } of pictures) sources.current.set(id, source);
    void keepInOrder(pictures).then((areKept) => {
      if (!areKept && isMounted.current) setForgetful(true);
    });
  }, []);
  const sourceOf = useCallback(async (id: string) => {
    const source = sources.current.get(id) ?? (await keptSource(id));
    if (source) sources.current.set(id, source);
    return source;
  }, []);
  const restore = useCallback(
    (id: string | undefined): Restored => {
      if (id === undefined) return NONE;
      const there = known.current.get(id);
      if (there) return there;
      known.current.set(id, COMING);
      void pictureOf(id, sourceOf, client).then((picture) => {
        known.current.set(id, picture ? { state: 'there', picture } : NONE);
        if (isMounted.current) setRound((before) => before + 1);
      });
      return COMING;
    },
    [client, sourceOf],
  );
  return { keep, restore, sourceOf, isForgetful };
}

/** Kept one after the other: together they would stop the page for a moment. */
async function keepInOrder(pictures: readonly Picture[]): Promise<boolean> {
  // The last one kept is the last one let go of.
  for (const { id, source } of pictures.toReversed()) if (!(await keepSource(id, source))) return false;
  return true;
}

async function pictureOf(
  id: string,
  sourceOf: UsedPictures['sourceOf'],
  client: Client,
): Promise<Picture | undefined> {
  const source = await sourceOf(id);
  if (source === undefined) return undefined;
  return { id, source, ...pictureFacts(await makeVisible(source, client)) };
}
