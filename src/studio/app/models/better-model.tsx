import { Button } from 'react-aria-components';
import { useApp } from '../app-context.js';
import { absenceWords } from './absence-words.js';
import { GetModel } from './get-model.js';
import './models.css';
import type { ModelInfo } from './use-models.js';

interface BetterModelProps {
  readonly than: ModelInfo;
  readonly onChoose: (id: string) => void;
}

/** Names a model that does the same better, with the button that asks it, or gets it first. */
export function BetterModel({ than, onChoose }: BetterModelProps) {
  const { models, refusals } = useApp();
  const better = models.find(({ id }) => id === than.better);
  if (!better) return null;
  const { id, title, status } = better;
  return (
    <div className="better-model">
      <p>
        {title} does this better.
        {status === 'UNAVAILABLE' && !refusals.has(id) && ` ${absenceWords(better)}`}
      </p>
      {status === 'READY' ? (
        <Button className="button small" onPress={() => onChoose(id)}>
          Ask it
          <span className="out-of-sight">, {title}</span>
        </Button>
      ) : (
        <GetModel model={better} words="Get it" />
      )}
    </div>
  );
}
