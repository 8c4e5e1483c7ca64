import { useCallback, useRef, useState } from 'react';
import type { Problem } from '../service/problem.js';
import type { ServiceLimits } from '../service/use-limits.js';
import { useService } from '../service/use-service.js';
import { makeVisible, pictureFacts } from './make-visible.js';
import { addressIn, nameOf, newPictureId, type Picture, type PictureSource } from './picture.js';
import { sampleFile } from './sample-files.js';
import type { Sample } from './samples.js';
import { scaledDown } from './scale-down.js';
import { tooLarge } from './too-large.js';

/** How far the choosing of a picture is. */
export type Opening =
  | { readonly state: 'nothing' }
  | { readonly state: 'opening' }
  | {
      readonly state: 'failed';
      readonly problem: Problem;
      readonly again: () => void;
      /** Makes a picture that is too large smaller, and takes that. */
      readonly scaleDown?: () => void;
    };

export interface UsedOpening {
  readonly opening: Opening;
  /** Takes files; the first is shown, the others stand beside it. */
  readonly openFiles: (files: readonly File[]) => void;
  readonly openSample: (sample: Sample) => void;
  /** Takes the address that a text is, and says so of a text that is none. */
  readonly openAddress: (text: string) => void;
}

const SAMPLE_LOST: Problem = {
  kind: 'unreachable',
  message:
    'The sample cannot be fetched: the service cannot be reached. Check that it is running, then try again.',
};

const NOT_SCALED: Problem = {
  kind: 'refused',
  code: 'BAD_IMAGE',
  message:
    'This browser cannot make the picture smaller. Scale it down in another program, then choose it again.',
};

const NO_ADDRESS: Problem = {
  kind: 'refused',
  code: 'BAD_USER_INPUT',
  message: 'An address begins with https:// or http://.',
};

interface Opened {
  /** What was chosen along with it. */
  readonly others?: readonly File[];
  /** What is said where it does not come. */
  readonly lost?: Problem;
}

/**
 * Turns files, samples and addresses into pictures; of two that come at once the later one wins.
 * @param onPicture told of the picture to show, and of all that came with it: the first of them is that one
 */
export function useOpening(
  onPicture: (picture: Picture, all: readonly Picture[]) => void,
  limits: ServiceLimits | undefined,
): UsedOpening {
  const { client } = useService();
  const [opening, setOpening] = useState<Opening>({ state: 'nothing' });
  const turn = useRef(0);

  const open = useCallback(
    (fetchSource: () => Promise<PictureSource>, { others = [], lost = SAMPLE_LOST }: Opened = {}) => {
      const mine = (turn.current += 1);
      const isMine = (): boolean => mine === turn.current;
      setOpening({ state: 'opening' });
      const fail = (problem: Problem, scaleDown?: () => void): void => {
        const again = (): void => open(fetchSource, { others, lost });
        if (isMine()) setOpening({ state: 'failed', problem, again, ...(scaleDown && { scaleDown }) });
      };
      const work = async (): Promise<void> => {
        const source = await fetchSource().catch(() => undefined);
        if (!isMine()) return;
        if (source === undefined) {
          fail(lost);
          return;
        }
        const give = (more: Pick<Picture, 'shown' | 'isUnreadable'>): void => {
          setOpening({ state: 'nothing' });
          const picture: Picture = { id: newPictureId(), source, ...more };
          onPicture(picture, [picture, ...others.map(pictureOf)]);
        };
        // One of several that cannot be used stands among them, and its answer says why.
        if (others.length > 0) {
          const result = await makeVisible(source, client);
          if (isMine()) give(pictureFacts(result));
          return;
        }
        const max = limits && { bytes: limits.uploadBytes, pixels: limits.imagePixels };
        const refuse = (problem: Problem, blob: Blob): void =>
          fail(problem, () => {
            const { bytes: maxBytes = blob.size, pixels: maxPixels = Infinity } = max ?? {};
            const smaller = async (): Promise<PictureSource> => {
              const file = await scaledDown({ blob, maxPixels, maxBytes }, nameOf(source));
              return { from: 'file', file };
            };
            open(smaller, { others, lost: NOT_SCALED });
          });
        const tooManyBytes = max && tooLarge({ source }, max);
        if (tooManyBytes && source.from === 'file') {
          refuse(tooManyBytes, source.file);
          return;
        }
        const result = await makeVisible(source, client);
        if (!isMine()) return;
        if (result.as === 'refused') {
          fail(result.problem);
          return;
        }
        const shown = result.as === 'visible' ? result.shown : undefined;
        const tooManyPixels = max && tooLarge({ source, shown }, max);
        if (tooManyPixels && source.from === 'file') {
          refuse(tooManyPixels, source.file);
          return;
        }
        give(pictureFacts(result));
      };
      void work();
    },
    [client, onPicture, limits],
  );
  const openFiles = useCallback(
    ([first, ...others]: readonly File[]) => {
      if (first) open(() => Promise.resolve({ from: 'file', file: first }), { others });
    },
    [open],
  );
  const openSample = useCallback(
    (sample: Sample) => open(async () => ({ from: 'file', file: await sampleFile(sample) })),
    [open],
  );
  const openAddress = useCallback(
    (text: string) => {
      const url = addressIn(text);
      if (url !== undefined) {
        open(() => Promise.resolve({ from: 'address', url }));
        return;
      }
      turn.current += 1;
      setOpening({ state: 'failed', problem: NO_ADDRESS, again: () => setOpening({ state: 'nothing' }) });
    },
    [open],
  );
  return { opening, openFiles, openSample, openAddress };
}

function pictureOf(file: File): Picture {
  return { id: newPictureId(), source: { from: 'file', file } };
}
