import { createContext, use } from 'react';
import type { ModelsQuery } from '../../client/operations.js';
import type { UsedOpening } from './picture/opening.js';
import type { Picture } from './picture/picture.js';
import type { ViewId } from './views.js';

export type ModelInfo = ModelsQuery['models'][number];

/** A super resolution job that is looked at. */
export interface JobInView {
  readonly id: string;
  /** What it enlarges; unknown for a job of an earlier visit. */
  readonly picture?: Picture;
}

/** What the views share. */
export interface Workbench extends UsedOpening {
  readonly picture: Picture | undefined;
  /** True while the picture is fetched from what the browser has kept. */
  readonly isRestoring: boolean;
  /** True where the browser keeps no pictures: a reload forgets them. */
  readonly isForgetful: boolean;
  /** Empty until they are known. */
  readonly models: readonly ModelInfo[];
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

export const WorkbenchContext = createContext<Workbench | undefined>(undefined);

export function useWorkbench(): Workbench {
  const workbench = use(WorkbenchContext);
  if (workbench === undefined) throw new Error('This part of the page stands outside of its workbench');
  return workbench;
}

/** Whether the view that a component is part of is in front. */
export const InFrontContext = createContext(true);
