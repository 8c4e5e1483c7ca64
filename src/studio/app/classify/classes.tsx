import { useApp } from '../app-context.js';
import { Bars } from './bars.js';
import { isUnsure, type Score } from './class-words.js';

interface ClassesProps {
  readonly labels: readonly Score[];
  readonly model: { readonly id: string };
}

/** What a classifier answered: its first label as the answer, or as the closest one where it is not sure. */
export function Classes({ labels, model }: ClassesProps) {
  const unsureBelow = useApp().models.find(({ id }) => id === model.id)?.unsureBelow;
  const unsure = isUnsure(labels, unsureBelow);
  return (
    <>
      {unsure && <p className="unsure">Not sure. Closest:</p>}
      <Bars scores={labels} isUnsure={unsure} />
    </>
  );
}
