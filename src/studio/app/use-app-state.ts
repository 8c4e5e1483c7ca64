import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useModels } from './models/use-models.js';
import { useOpening } from './picture/opening.js';
import type { Picture } from './picture/picture.js';
import { usePictures } from './picture/use-pictures.js';
import type { Place } from './place.js';
import { useLimits } from './service/use-limits.js';
import { usePlace } from './use-place.js';
import { documentTitle, type ViewId } from './views.js';
import type { JobInView, AppState } from './app-context.js';

const NO_STRIP: readonly string[] = [];

/** The state of this page: what it shows follows from where one is. */
export function useAppState(): AppState {
  const { place, go } = usePlace();
  const { keep, restore, sourceOf, isForgetful } = usePictures();
  const chosenModels = useRef(new Map<ViewId, string | undefined>());
  const jobPictures = useRef(new Map<string, string>());

  const choose = useCallback(
    (picture: Picture, all: readonly Picture[]) => {
      keep(all);
      // A job that was looked at goes on; the list of jobs has it.
      const strip = all.length > 1 ? { strip: all.map(({ id }) => id) } : {};
      go(({ view, model }) => ({ view, ...withModel(model), picture: picture.id, ...strip }));
    },
    [go, keep],
  );
  const openJob = useCallback(
    (id: string | undefined, its?: Picture) => {
      if (id !== undefined && its) jobPictures.current.set(id, its.id);
      const jobPicture = id === undefined ? undefined : jobPictures.current.get(id);
      go((before) => ({
        ...inView(before, 'super-resolution', undefined),
        ...(id !== undefined && { job: id }),
        ...(jobPicture !== undefined && { jobPicture }),
      }));
    },
    [go],
  );
  const show = useCallback(
    (view: ViewId, model = chosenModels.current.get(view)) => {
      go((before) => (before.view === view && model === before.model ? before : inView(before, view, model)));
    },
    [go],
  );
  const chooseModel = useCallback(
    (model: string | undefined) => go((before) => inView(before, before.view, model)),
    [go],
  );

  const goTo = useCallback(
    // Going through a strip fills no history.
    (picture: string) =>
      go((before) => ({ ...inView(before, before.view, before.model), picture }), 'replace'),
    [go],
  );

  const { view, model, picture: pictureId, strip = NO_STRIP } = place;
  const usedModels = useModels(view === 'models');
  const limits = useLimits();
  const restored = restore(pictureId);
  const picture = restored.state === 'there' ? restored.picture : undefined;
  const job = useJobInView(place, restore);

  const isOfStrip = picture !== undefined && strip.includes(picture.id);
  useEffect(() => {
    // Its answer stands at the top, and the sample that was pressed may be far below.
    if (picture && !isOfStrip) scrollTo({ top: 0, behavior: likesMotion() ? 'smooth' : 'instant' });
  }, [picture, isOfStrip]);
  useEffect(() => {
    // The way back to the view may lead over its tab.
    chosenModels.current.set(view, model);
  }, [view, model]);
  useEffect(() => {
    document.title = documentTitle(view);
  }, [view]);

  const used = useOpening(choose, limits);
  const isRestoring = restored.state === 'coming';
  const pictures = { picture, pictureId, strip, goTo, sourceOf, isRestoring, isForgetful };
  const shown = { limits, view, model, chooseModel, show, job, openJob };
  const app: AppState = { ...used, ...usedModels, ...pictures, ...shown };
  // The same one until a part of it changes, because everything in the page looks at it.
  return useMemo(() => app, Object.values(app));
}

/** The job of a place, with its picture as soon as that is there. */
function useJobInView(
  { job, jobPicture }: Place,
  restore: ReturnType<typeof usePictures>['restore'],
): JobInView | undefined {
  const restored = restore(job === undefined ? undefined : jobPicture);
  const picture = restored.state === 'there' ? restored.picture : undefined;
  return useMemo(
    () => (job === undefined ? undefined : { id: job, ...(picture && { picture }) }),
    [job, picture],
  );
}

function inView({ picture, strip }: Place, view: ViewId, model: string | undefined): Place {
  return {
    view,
    ...withModel(model),
    ...(picture !== undefined && { picture }),
    ...(strip && { strip }),
  };
}

function withModel(model: string | undefined): { readonly model?: string } {
  return model === undefined ? {} : { model };
}

function likesMotion(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}
