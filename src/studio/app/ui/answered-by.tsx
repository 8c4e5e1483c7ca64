import { ModelNote } from '../models/model-note.js';

interface AnsweredByProps {
  readonly model: { readonly id: string };
  /** Milliseconds. */
  readonly timing?: { readonly total: number };
  /** Asks another model instead. */
  readonly onChoose?: (id: string) => void;
}

/** Which model it was, how long the service took, and how far the model can be relied on. */
export function AnsweredBy({ model, timing, onChoose }: AnsweredByProps) {
  return (
    <div className="answered-by">
      <p>
        {model.id}
        {timing && `, ${Math.max(1, Math.round(timing.total))} ms in the service`}
      </p>
      <ModelNote id={model.id} onChoose={onChoose} />
    </div>
  );
}
