import type { Client } from 'urql';
import { SegmentRoadDocument } from '../../../client/operations.js';
import { hasApiKey } from '../service/api-key.js';
import { problemOf, type Problem } from '../service/problem.js';
import { blobOf } from './blob-of.js';
import { imageInputOf, type Picture, type PictureSource, type ShownPicture } from './picture.js';
import { showByBrowser } from './show.js';

/** What came of it: a visible picture, none although the service can read the file, or a file that it does not take. */
export type Shown =
  | { readonly as: 'visible'; readonly shown: ShownPicture }
  | { readonly as: 'invisible' }
  | { readonly as: 'refused'; readonly problem: Problem };

/** What the service says of pictures that it will never answer about. */
const REFUSALS = new Set([
  'BAD_IMAGE',
  'IMAGE_TOO_LARGE',
  'URL_FORBIDDEN',
  'IMAGE_FETCH_FAILED',
  'BAD_USER_INPUT',
]);

/** Makes a picture visible by the browser's own means, or by the service's where the browser has it not or knows it not. */
export async function makeVisible(source: PictureSource, client: Client): Promise<Shown> {
  const shown = source.from === 'file' ? await showByBrowser(source.file) : undefined;
  return shown ? { as: 'visible', shown } : showByService(source, client);
}

/** What a picture is, for the page, after that. */
export function pictureFacts(made: Shown): Pick<Picture, 'shown' | 'isUnreadable'> {
  switch (made.as) {
    case 'visible':
      return { shown: made.shown };
    case 'invisible':
      return {};
    case 'refused':
      return { isUnreadable: made.problem.kind === 'refused' };
  }
}

/**
 * Has the service turn a picture that the browser does not know (a TIFF), or may not fetch (of another site), into
 * one that it does: the overlay of a road is the picture itself, as JPEG, where the road is painted invisibly.
 */
async function showByService(source: PictureSource, client: Client): Promise<Shown> {
  const image = imageInputOf(source);
  const { data, error } = await client
    .mutation(SegmentRoadDocument, { image, opacity: 0, mask: false, overlayBytes: true })
    .toPromise();
  const bytes = data?.segmentRoad.overlay?.base64;
  if (bytes !== undefined) {
    const shown = await showByBrowser(blobOf(bytes, 'image/jpeg'));
    return shown === undefined ? { as: 'invisible' } : { as: 'visible', shown };
  }
  if (!error) return { as: 'invisible' };
  const problem = problemOf(error, hasApiKey());
  const isOfNoUse = problem.kind !== 'refused' || REFUSALS.has(problem.code ?? '');
  return isOfNoUse ? { as: 'refused', problem } : { as: 'invisible' };
}
