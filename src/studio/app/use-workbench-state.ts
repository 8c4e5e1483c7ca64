import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ModelsDocument } from '../../client/operations.js';
import { useOpening } from './picture/opening.js';
import type { Picture } from './picture/picture.js';
import { answerOf } from './service/action.js';
import { useAction } from './service/use-action.js';
import { documentTitle, viewOf, type ViewId } from './views.js';
import type { JobInView, ModelInfo, Workbench } from './workbench.js';

const NO_MODELS: readonly ModelInfo[] = [];

/** The workbench of this page, and how to bring a view to the front. */
export function useWorkbenchState(): readonly [Workbench, (view: ViewId) => void] {
  const [picture, setPicture] = useState<Picture>();
  const [view, setView] = useState(() => viewOf(location.hash));
  const [job, setJob] = useState<JobInView>();
  const pictures = useRef(new Map<string, Picture>());
  const { action, run: askForModels } = useAction(ModelsDocument);

  const choose = useCallback((chosen: Picture) => {
    setPicture(chosen);
    // The job goes on; the list of jobs has it.
    setJob(undefined);
  }, []);
  const opening = useOpening(choose);
  const show = useCallback((next: ViewId) => {
    setView(next);
    history.replaceState(null, '', `#${next}`);
  }, []);
  const openJob = useCallback(
    (id: string | undefined, its?: Picture) => {
      if (id === undefined) {
        setJob(undefined);
        return;
      }
      if (its) pictures.current.set(id, its);
      const known = pictures.current.get(id);
      setJob(known ? { id, picture: known } : { id });
      show('super-resolution');
    },
    [show],
  );

  useEffect(() => askForModels({}), [askForModels]);
  useEffect(() => {
    document.title = documentTitle(view);
  }, [view]);
  useEffect(() => {
    const follow = (): void => setView(viewOf(location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  const models = answerOf(action)?.models ?? NO_MODELS;
  const { opening: state, openFile, openSample } = opening;
  const workbench = useMemo(
    () => ({ opening: state, openFile, openSample, picture, models, view, job, openJob }),
    [state, openFile, openSample, picture, models, view, job, openJob],
  );
  return [workbench, show];
}
