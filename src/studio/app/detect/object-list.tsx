import { ListBox, ListBoxItem } from 'react-aria-components';
import { percent } from '../ui/words.js';
import type { Found } from './boxes.js';
import { cssColour, labelColour } from './label-colours.js';
import './object-list.css';

interface ObjectListProps {
  readonly objects: readonly Found[];
  readonly chosen: number | undefined;
  readonly onChoose: (id: number) => void;
}

/** What was found, the surest first. */
export function ObjectList({ objects, chosen, onChoose }: ObjectListProps) {
  return (
    <ListBox
      className="objects"
      aria-label="Objects"
      items={objects}
      selectionMode="single"
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (typeof key === 'number') onChoose(key);
      }}
      renderEmptyState={() => <p className="quiet">Nothing this sure. Lower the score to see more.</p>}
    >
      {({ id, label, score, classIndex }) => (
        <ListBoxItem id={id} textValue={`${label} ${percent(score)}`} className="object">
          <span className="object-colour" style={{ background: cssColour(labelColour(classIndex)) }} />
          <span>{label}</span>
          <span className="object-score">{percent(score)}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}
