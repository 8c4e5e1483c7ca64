import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { THEME_ICONS } from './theme-icons.js';
import { applyTheme, theme, type Theme } from './theme.js';
import './theme-switch.css';
import { useSignal } from './use-signal.js';

const THEMES: readonly { readonly id: Theme; readonly title: string }[] = [
  { id: 'light', title: 'Light' },
  { id: 'system', title: 'Same as the system' },
  { id: 'dark', title: 'Dark' },
];

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  return (
    <ToggleButtonGroup
      className="theme"
      aria-label="Theme"
      disallowEmptySelection
      selectedKeys={[useSignal(theme)]}
      onSelectionChange={([chosen]) => applyTheme(THEMES.find(({ id }) => id === chosen)?.id)}
    >
      {THEMES.map(({ id, title }) => (
        <ToggleButton key={id} id={id} aria-label={title} className="theme-option">
          {THEME_ICONS[id]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
