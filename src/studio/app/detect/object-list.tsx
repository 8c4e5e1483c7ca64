import { ListBox, ListBoxItem } from 'react-aria-components';
import { percent } from '../ui/words.js';
import type { Found } from './boxes.js';
import { cssColour, labelColour } from './label-colours.js';
import './object-list.css';

interface ObjectListProps {
  readonly objects: readonly Found[];
  readonly chosen: number | undefined;
  /** The one that is pointed at, here or in the picture. */
  readonly lit: number | undefined;
  readonly onChoose: (id: number) => void;
  readonly onLight: (id: number | undefined) => void;
}

/** What was found, the surest first. */
export function ObjectList({ objects, chosen, lit, onChoose, onLight }: ObjectListProps) {
  return (
    <ListBox
      className="objects"
      aria-label="Objects"
      items={objects}
      dependencies={[lit]}
      selectionMode="single"
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (typeof key === 'number') onChoose(key);
      }}
      renderEmptyState={() => <p className="quiet">Nothing this sure. Lower the score to see more.</p>}
    >
      {({ id, label, score, classIndex }) => (
        <ListBoxItem
          id={id}
          textValue={`${label} ${percent(score)}`}
          className={`object${id === lit ? ' lit' : ''}`}
          onHoverStart={() => onLight(id)}
          onHoverEnd={() => onLight(undefined)}
          onFocus={() => onLight(id)}
          onBlur={() => onLight(undefined)}
        >
          <span className="object-colour" style={{ background: cssColour(labelColour(classIndex)) }} />
          <span>{label}</span>
          <span className="object-score">{percent(score)}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}
