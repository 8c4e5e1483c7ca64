import { Button } from 'react-aria-components';
import { saveAs } from '../export/save-as.js';
import { useApp } from '../app-context.js';
import type { StripAnswer } from './use-strip-answers.js';
import type { StripPicture } from './use-strip-pictures.js';

interface StripExportProps {
  readonly pictures: readonly StripPicture[];
  readonly answers: ReadonlyMap<string, StripAnswer>;
}

/** Saves the answers about all pictures as a table. */
export function StripExport({ pictures, answers }: StripExportProps) {
  const { view } = useApp();
  const save = async (): Promise<void> => {
    // Only who wants a table fetches what writes one.
    const { tableOf } = await import('./table.js');
    const rows = pictures.map(({ id, name }) => ({ name, answer: answers.get(id) }));
    saveAs(new Blob([tableOf(rows)], { type: 'text/csv' }), `okulo-${view}.csv`);
  };
  return (
    <Button className="button small" isDisabled={answers.size === 0} onPress={() => void save()}>
      Save as CSV
    </Button>
  );
}
