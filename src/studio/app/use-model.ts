import { useRef } from 'react';
import type { ViewId } from './views.js';
import { useApp } from './app-context.js';

/**
 * The model that was chosen in a view, which its address tells, and how to choose another one. While another view is
 * in front, it is the one of before.
 */
export function useModel(view: ViewId): readonly [string | undefined, (id: string | undefined) => void] {
  const { view: inFront, model, chooseModel } = useApp();
  const last = useRef(model);
  if (inFront === view) last.current = model;
  return [last.current, chooseModel];
}
