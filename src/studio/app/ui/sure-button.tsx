import { useState } from 'react';
import { Button } from 'react-aria-components';

interface SureButtonProps {
  /** What the button says. */
  readonly label: string;
  /** What is asked before it is done. */
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly onSure: () => void;
}

/** A button for what cannot be undone: it asks once more, in its own place. */
export function SureButton({ label, question, yes, no, onSure }: SureButtonProps) {
  const [state, setState] = useState<'quiet' | 'asks' | 'left'>('quiet');
  if (state !== 'asks') {
    return (
      <Button className="button small" autoFocus={state === 'left'} onPress={() => setState('asks')}>
        {label}
      </Button>
    );
  }
  return (
    <span className="buttons" role="group" aria-label={question}>
      <span className="sure-question">{question}</span>
      <Button
        className="button small danger"
        onPress={() => {
          setState('quiet');
          onSure();
        }}
      >
        {yes}
      </Button>
      <Button className="button small" autoFocus onPress={() => setState('left')}>
        {no}
      </Button>
    </span>
  );
}
