import type { Client } from 'urql';
import { SegmentRoadDocument } from '../../../client/operations.js';
import { hasApiKey } from '../service/api-key.js';
import { problemOf, type Problem } from '../service/problem.js';
import { showByBrowser, type ShownPicture } from './picture.js';

/** What came of it: a visible picture, none although the service can read the file, or a file that it does not take. */
export type Shown =
  | { readonly as: 'visible'; readonly shown: ShownPicture }
  | { readonly as: 'invisible' }
  | { readonly as: 'refused'; readonly problem: Problem };

/** Makes a file visible by the browser's own means, or by the service's where it does not know the format. */
export async function makeVisible(file: File, client: Client): Promise<Shown> {
  const shown = await showByBrowser(file);
  return shown ? { as: 'visible', shown } : showByService(file, client);
}

/**
 * Has the service turn a picture that the browser does not know (a TIFF) into one that it does: the overlay of a
 * road is the picture itself, as JPEG, where the road is painted invisibly.
 */
async function showByService(file: File, client: Client): Promise<Shown> {
  const { data, error } = await client
    .mutation(SegmentRoadDocument, { image: { upload: file }, opacity: 0, mask: false, overlayBytes: true })
    .toPromise();
  const bytes = data?.segmentRoad.overlay?.base64;
  if (bytes !== undefined) {
    const shown = await showByBrowser(blobOf(bytes, 'image/jpeg'));
    return shown === undefined ? { as: 'invisible' } : { as: 'visible', shown };
  }
  if (!error) return { as: 'invisible' };
  const problem = problemOf(error, hasApiKey());
  const isOfNoUse =
    problem.code === 'BAD_IMAGE' || problem.code === 'IMAGE_TOO_LARGE' || problem.kind !== 'refused';
  return isOfNoUse ? { as: 'refused', problem } : { as: 'invisible' };
}

function blobOf(base64: string, type: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type });
}
