import { ToggleButton } from 'react-aria-components';
import type { RoadClass } from '../../../client/operations.js';
import { percent } from '../ui/words.js';
import './legend.css';
import { PAINTED_CLASSES } from './mask-layers.js';

interface LegendProps {
  readonly areas: readonly { readonly class: RoadClass; readonly fraction: number }[];
  /** Values of the classes that are not painted. */
  readonly hidden: ReadonlySet<number>;
  readonly onToggle: (value: number) => void;
}

/** The classes with their colours and shares; each can be painted or not. */
export function Legend({ areas, hidden, onToggle }: LegendProps) {
  const rest = areas.find((area) => area.class === 'BACKGROUND');
  return (
    <div className="legend" role="group" aria-label="Classes">
      {PAINTED_CLASSES.map(({ value, class: name, colour, title }) => {
        const area = areas.find((each) => each.class === name);
        return (
          area && (
            <ToggleButton
              key={value}
              className="legend-row"
              isSelected={!hidden.has(value)}
              onChange={() => onToggle(value)}
            >
              <span
                className="legend-colour"
                style={{ color: `rgb(${colour.join(' ')})` }}
                aria-hidden="true"
              />
              <span>{title}</span> <span className="legend-share">{percent(area.fraction)}</span>
            </ToggleButton>
          )
        );
      })}
      {rest && (
        <p className="legend-row quiet">
          <span className="legend-colour none" aria-hidden="true" />
          <span>Everything else</span> <span className="legend-share">{percent(rest.fraction)}</span>
        </p>
      )}
    </div>
  );
}
