import { createContext, use } from 'react';
import type { UsedModels } from './models/use-models.js';
import type { UsedOpening } from './picture/opening.js';
import type { Picture, PictureSource } from './picture/picture.js';
import type { ServiceLimits } from './service/use-limits.js';
import type { ViewId } from './views.js';

/** A super resolution job that is looked at. */
export interface JobInView {
  readonly id: string;
  /** What it enlarges; unknown for a job of an earlier visit. */
  readonly picture?: Picture;
}

/** What the views share. */
export interface AppState extends UsedOpening, UsedModels {
  readonly picture: Picture | undefined;
  /** Of the picture on the page, which may not be there yet. */
  readonly pictureId: string | undefined;
  /** The ids of the pictures that were chosen together; empty where it was one. */
  readonly strip: readonly string[];
  /** Puts another one of them on the page. */
  readonly goTo: (pictureId: string) => void;
  readonly sourceOf: (pictureId: string) => Promise<PictureSource | undefined>;
  /** True while the picture is fetched from what the browser has kept. */
  readonly isRestoring: boolean;
  /** True where the browser keeps no pictures: a reload forgets them. */
  readonly isForgetful: boolean;
  /** What the service accepts; undefined until it is known. */
  readonly limits: ServiceLimits | undefined;
  readonly view: ViewId;
  /** The model that was chosen in the view in front; undefined for its task's default. */
  readonly model: string | undefined;
  /** Chooses a model for the view in front. */
  readonly chooseModel: (id: string | undefined) => void;
  /** Brings a view to the front, with a model if one is given. */
  readonly show: (view: ViewId, model?: string) => void;
  readonly job: JobInView | undefined;
  /** Shows a job in the super resolution view; undefined shows the picture again. */
  readonly openJob: (id: string | undefined, picture?: Picture) => void;
}

export const AppContext = createContext<AppState | undefined>(undefined);

export function useApp(): AppState {
  const app = use(AppContext);
  if (app === undefined) throw new Error('This part of the page stands outside of the app');
  return app;
}

/** Whether the view that a component is part of is in front. */
export const InFrontContext = createContext(true);
