import type { Task } from '../../../client/operations.js';
import { Choice } from '../ui/choice.js';
import { useApp } from '../app-context.js';

interface ModelChoiceProps {
  readonly task: Task;
  /** Its id; undefined for the default. */
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** One of the models of a task that are ready. */
export function ModelChoice({ task, value, onChange }: ModelChoiceProps) {
  const { models } = useApp();
  const ready = models.filter((model) => model.task === task && model.status === 'READY');
  const standard = ready.find(({ isDefault }) => isDefault);
  const others = ready.filter((model) => model !== standard);
  const isKnown = value === undefined || ready.some(({ id }) => id === value);
  return (
    <Choice
      label="Model"
      value={value ?? ''}
      onChange={(id) => onChange(id === '' ? undefined : id)}
      options={[
        { value: '', text: standard ? `${standard.title} (default)` : 'The default' },
        ...others.map(({ id, title }) => ({ value: id, text: title })),
        // One that the address names and that is not there: there is a way back to the others.
        ...(isKnown ? [] : [{ value, text: `${value}, not here` }]),
      ]}
    />
  );
}
