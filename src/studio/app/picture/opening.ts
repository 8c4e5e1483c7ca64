import { useCallback, useRef, useState } from 'react';
import type { Problem } from '../service/problem.js';
import { useService } from '../service/use-service.js';
import { makeVisible } from './make-visible.js';
import { newPictureId, type Picture } from './picture.js';
import { sampleFile } from './sample-files.js';
import type { Sample } from './samples.js';

/** How far the choosing of a picture is. */
export type Opening =
  | { readonly state: 'nothing' }
  | { readonly state: 'opening' }
  | { readonly state: 'failed'; readonly problem: Problem; readonly again: () => void };

export interface UsedOpening {
  readonly opening: Opening;
  readonly openFile: (file: File) => void;
  readonly openSample: (sample: Sample) => void;
}

const SAMPLE_LOST: Problem = {
  kind: 'unreachable',
  message:
    'The sample cannot be fetched: the service cannot be reached. Check that it is running, then try again.',
};

/** Turns files and samples into pictures; of two that come at once the later one wins. */
export function useOpening(onPicture: (picture: Picture) => void): UsedOpening {
  const { client } = useService();
  const [opening, setOpening] = useState<Opening>({ state: 'nothing' });
  const turn = useRef(0);

  const open = useCallback(
    (fetchFile: () => Promise<File>) => {
      const mine = (turn.current += 1);
      setOpening({ state: 'opening' });
      const fail = (problem: Problem): void =>
        setOpening({ state: 'failed', problem, again: () => open(fetchFile) });
      const work = async (): Promise<void> => {
        const file = await fetchFile().catch(() => undefined);
        if (mine !== turn.current) return;
        if (file === undefined) {
          fail(SAMPLE_LOST);
          return;
        }
        const result = await makeVisible(file, client);
        if (mine !== turn.current) return;
        if (result.as === 'refused') {
          fail(result.problem);
          return;
        }
        setOpening({ state: 'nothing' });
        onPicture({ id: newPictureId(), file, ...(result.as === 'visible' && { shown: result.shown }) });
      };
      void work();
    },
    [client, onPicture],
  );
  const openFile = useCallback((file: File) => open(() => Promise.resolve(file)), [open]);
  const openSample = useCallback((sample: Sample) => open(() => sampleFile(sample)), [open]);
  return { opening, openFile, openSample };
}
