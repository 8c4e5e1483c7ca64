import { Button } from 'react-aria-components';
import { ProblemNote } from '../ui/problem-note.js';
import { Progress } from '../ui/progress.js';
import { percent } from '../ui/words.js';
import { useApp } from '../app-context.js';
import type { ModelInfo } from './use-models.js';

interface GetModelProps {
  readonly model: ModelInfo;
  /** What the button is called. */
  readonly words: string;
}

/** Has the service fetch a model, and shows how far that is. */
export function GetModel({ model: { id, title, status, progress }, words }: GetModelProps) {
  const { getModel, refusals } = useApp();
  const refusal = refusals.get(id);
  if (status === 'PREPARING') return <Preparing title={title} share={progress ?? 0} />;
  if (status === 'READY') return null;
  return (
    <>
      <Button className="button small" onPress={() => getModel(id)}>
        {words}
        <span className="out-of-sight"> {title}</span>
      </Button>
      {refusal && <ProblemNote problem={refusal} />}
    </>
  );
}

function Preparing({ title, share }: { readonly title: string; readonly share: number }) {
  const words = share < 1 ? `Fetching, ${percent(share)}` : 'Getting ready';
  return <Progress label={`Getting ${title}`} share={share} words={words} />;
}
