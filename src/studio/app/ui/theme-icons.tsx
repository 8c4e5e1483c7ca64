import type { ReactElement } from 'react';
import type { Theme } from './theme.js';

/** A sun, a half-filled disc and a moon, in the colour of the text; the words stand at the buttons. */
export const THEME_ICONS = {
  light: (
    <Icon>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M3 13l1.1-1.1M11.9 4.1 13 3" />
    </Icon>
  ),
  system: (
    <Icon>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" />
    </Icon>
  ),
  dark: (
    <Icon>
      <path d="M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z" />
    </Icon>
  ),
} satisfies Record<Theme, ReactElement>;

function Icon({ children }: { readonly children: ReactElement | readonly ReactElement[] }) {
  return (
    <svg className="theme-icon" viewBox="0 0 16 16" aria-hidden="true">
      {children}
    </svg>
  );
}
