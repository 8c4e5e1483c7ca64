import { Signal } from './signal.js';

/** Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark';

const STORED_AS = 'okulo:theme';

export const theme = new Signal<Theme>(readTheme(localStorage.getItem(STORED_AS)));

/** Puts the theme on the page and keeps it for the next visit. */
export function applyTheme(chosen: Theme = theme.get()): void {
  theme.set(chosen);
  localStorage.setItem(STORED_AS, chosen);
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
}

function readTheme(stored: string | null): Theme {
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
