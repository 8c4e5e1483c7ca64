import { useState } from 'react';
import { Button } from 'react-aria-components';
import { copyText } from './copy.js';

const WORDS = { done: 'Copied', failed: 'Select it and copy by hand' } as const;

interface CopyButtonProps {
  readonly text: string;
  /** Which text it is, where several can be copied. */
  readonly what: string;
  readonly words?: string;
}

/** Copies a text, and says whether it could. */
export function CopyButton({ text, what, words = 'Copy' }: CopyButtonProps) {
  const [copied, setCopied] = useState<{ text: string; as: 'done' | 'failed' }>();
  const state = copied?.text === text ? copied.as : 'not';
  const copy = async (): Promise<void> => setCopied({ text, as: (await copyText(text)) ? 'done' : 'failed' });
  return (
    <Button className="button small" onPress={() => void copy()}>
      <span aria-live="polite">{state === 'not' ? words : WORDS[state]}</span>
      <span className="out-of-sight"> {what}</span>
    </Button>
  );
}
