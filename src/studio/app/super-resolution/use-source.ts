import { useEffect, useState } from 'react';
import { JobDocument } from '../../../client/operations.js';
import type { ShownPicture } from '../picture/picture.js';
import { showByAddress } from '../picture/show.js';
import { useService } from '../service/use-service.js';

/** What every browser shows; another format has nothing to compare with. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']);

/**
 * The picture that a job enlarges, as the service keeps it: for a job of an earlier visit, or of another device.
 * @param id undefined where it is not needed
 */
export function useSource(id: string | undefined): ShownPicture | undefined {
  const { client } = useService();
  const [source, setSource] = useState<{ readonly id: string; readonly shown: ShownPicture }>();
  useEffect(() => {
    if (id === undefined) return;
    let isWanted = true;
    const query = client.query(JobDocument, { id, preview: false }).subscribe(({ data }) => {
      // Without it the result stands alone.
      const found = data?.job?.source;
      if (!found || !SHOWN.has(found.mediaType)) return;
      // One that does not come is not promised.
      void showByAddress(found.url).then((shown) => {
        if (shown && isWanted) setSource({ id, shown });
      });
    });
    return () => {
      isWanted = false;
      query.unsubscribe();
    };
  }, [client, id]);
  return source !== undefined && source.id === id ? source.shown : undefined;
}
