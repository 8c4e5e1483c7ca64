import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Found } from './boxes.js';
import './class-filter.css';
import { cssColour, labelColour } from './label-colours.js';

interface ClassFilterProps {
  /** All that was found. */
  readonly objects: readonly Found[];
  /** The labels that are shown; all of them where it is empty. */
  readonly shown: ReadonlySet<string>;
  readonly onChange: (shown: ReadonlySet<string>) => void;
}

/** Shows the objects of some classes alone. */
export function ClassFilter({ objects, shown, onChange }: ClassFilterProps) {
  const classes = new Map<string, { readonly classIndex: number; count: number }>();
  for (const { label, classIndex } of objects) {
    const known = classes.get(label) ?? { classIndex, count: 0 };
    known.count += 1;
    classes.set(label, known);
  }
  if (classes.size < 2) return null;
  return (
    <ToggleButtonGroup
      className="class-filter"
      aria-label="Show only"
      selectionMode="multiple"
      selectedKeys={shown}
      onSelectionChange={(keys) => onChange(new Set([...keys].map(String)))}
    >
      {[...classes].map(([label, { classIndex, count }]) => (
        <ToggleButton key={label} id={label} className="class-chip">
          <span className="object-colour" style={{ background: cssColour(labelColour(classIndex)) }} />
          {label} <span className="quiet">{count}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
