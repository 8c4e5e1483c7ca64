import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ModelsDocument } from '../../client/operations.js';
import { useOpening } from './picture/opening.js';
import type { Picture } from './picture/picture.js';
import { answerOf } from './service/action.js';
import { useAction } from './service/use-action.js';
import { documentTitle, hashOf, jobOf, viewOf, type ViewId } from './views.js';
import type { JobInView, ModelInfo, Workbench } from './workbench.js';

const NO_MODELS: readonly ModelInfo[] = [];

/** The workbench of this page, and how to bring a view to the front. */
export function useWorkbenchState(): readonly [Workbench, (view: ViewId) => void] {
  const [picture, setPicture] = useState<Picture>();
  const [view, setView] = useState(() => viewOf(location.hash));
  const [job, setJob] = useState(jobInAddress);
  const pictures = useRef(new Map<string, Picture>());
  const { action, run: askForModels } = useAction(ModelsDocument);

  const choose = useCallback((chosen: Picture) => {
    setPicture(chosen);
    // The job goes on; the list of jobs has it.
    setJob(undefined);
  }, []);
  const opening = useOpening(choose);
  const openJob = useCallback((id: string | undefined, its?: Picture) => {
    if (id === undefined) {
      setJob(undefined);
      return;
    }
    if (its) pictures.current.set(id, its);
    const known = pictures.current.get(id);
    setJob(known ? { id, picture: known } : { id });
    setView('super-resolution');
  }, []);

  useEffect(() => askForModels({}), [askForModels]);
  useEffect(() => {
    // Its answer stands at the top, and the sample that was pressed may be far below.
    if (picture) scrollTo({ top: 0, behavior: likesMotion() ? 'smooth' : 'instant' });
  }, [picture]);
  const jobId = job?.id;
  useEffect(() => {
    // An address that names no view is left as it was given.
    if (viewOf(location.hash) === view && jobOf(location.hash) === jobId) return;
    history.replaceState(null, '', hashOf(view, jobId));
  }, [view, jobId]);
  useEffect(() => {
    document.title = documentTitle(view);
  }, [view]);
  useEffect(() => {
    const follow = (): void => {
      const named = jobOf(location.hash);
      if (named === undefined) setView(viewOf(location.hash));
      else openJob(named);
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [openJob]);

  const models = answerOf(action)?.models ?? NO_MODELS;
  const { opening: state, openFile, openSample } = opening;
  const workbench = useMemo(
    () => ({ opening: state, openFile, openSample, picture, models, view, job, openJob }),
    [state, openFile, openSample, picture, models, view, job, openJob],
  );
  return [workbench, setView];
}

function likesMotion(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function jobInAddress(): JobInView | undefined {
  const id = jobOf(location.hash);
  return id === undefined ? undefined : { id };
}
