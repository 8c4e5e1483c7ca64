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
  /** Empty until they are known. */
  readonly models: readonly ModelInfo[];
  readonly view: ViewId;
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
