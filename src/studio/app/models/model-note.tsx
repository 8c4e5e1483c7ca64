import { useApp } from '../app-context.js';
import { BetterModel } from './better-model.js';

interface ModelNoteProps {
  readonly id: string;
  /** Chooses another model; without it none is offered. */
  readonly onChoose?: ((id: string) => void) | undefined;
}

/** What a model knows and where it fails, beside its answer, and which one is better. */
export function ModelNote({ id, onChoose }: ModelNoteProps) {
  const model = useApp().models.find((each) => each.id === id);
  if (!model) return null;
  return (
    <>
      {model.notes !== null && <p className="model-note">{model.notes}</p>}
      {onChoose && <BetterModel than={model} onChoose={onChoose} />}
    </>
  );
}
