import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { applyTheme, theme, type Theme } from './theme.js';
import './theme-switch.css';
import { useSignal } from './use-signal.js';

const THEMES: readonly { readonly id: Theme; readonly title: string; readonly sign: string }[] = [
  { id: 'light', title: 'Light', sign: '○' },
  { id: 'system', title: 'As the system', sign: '◐' },
  { id: 'dark', title: 'Dark', sign: '●' },
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
      {THEMES.map(({ id, title, sign }) => (
        <ToggleButton key={id} id={id} aria-label={title} className="theme-option">
          <span aria-hidden="true">{sign}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
