import { useEffect, useReducer } from 'react';
import { nameOf } from '../picture/picture.js';
import { useApp } from '../app-context.js';
import { inOrder } from './in-order.js';
import { thumbnailOf } from './thumbnail-of.js';

/** A picture of the strip, as far as it is known. */
export interface StripPicture {
  readonly id: string;
  readonly name: string;
  /** The address of a small picture of it. */
  readonly thumbnail: string | undefined;
}

/** It stays when the strip is out of sight. */
const known = new Map<string, StripPicture>();

/** Names and thumbnails of the pictures that were chosen together; decoded one after the other. */
export function useStripPictures(): readonly StripPicture[] {
  const { strip, sourceOf } = useApp();
  const [, tell] = useReducer((round: number) => round + 1, 0);
  useEffect(() => {
    const stopped = new AbortController();
    const { signal } = stopped;
    void inOrder(
      strip.filter((id) => !known.has(id)),
      1,
      signal,
      async (id) => {
        const source = await sourceOf(id);
        if (!source || signal.aborted) return;
        const picture = { id, name: nameOf(source), thumbnail: undefined };
        known.set(id, picture);
        tell();
        known.set(id, { ...picture, thumbnail: await thumbnailOf(source) });
        tell();
      },
    );
    return () => stopped.abort();
  }, [strip, sourceOf]);
  return strip.map((id) => known.get(id) ?? { id, name: '', thumbnail: undefined });
}
