import { useState } from 'react';
import { nameOf, type Picture } from '../picture/picture.js';
import { scaledDown } from '../picture/scale-down.js';
import type { Problem } from '../service/problem.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { useApp } from '../app-context.js';

interface TooManyPixelsProps {
  readonly picture: Picture;
  readonly problem: Problem;
  /** Width times height that can be enlarged. */
  readonly maxPixels: number;
}

/** Says that a picture cannot be enlarged as it is, and makes a smaller one of it that can. */
export function TooManyPixels({ picture, problem, maxPixels }: TooManyPixelsProps) {
  const { openFiles } = useApp();
  const [state, setState] = useState<'nothing' | 'scaling' | 'failed'>('nothing');
  const scale = async (): Promise<void> => {
    setState('scaling');
    try {
      const { source, shown } = picture;
      const blob = source.from === 'file' ? source.file : await (await fetch(shown?.url ?? '')).blob();
      openFiles([await scaledDown({ blob, maxPixels, maxBytes: Infinity }, nameOf(source))]);
    } catch {
      setState('failed');
    }
  };
  if (state === 'scaling') return <Waiting words="Making it smaller" />;
  return (
    <ProblemNote
      problem={
        state === 'failed'
          ? { ...problem, message: `${problem.message} This browser cannot make it smaller.` }
          : problem
      }
      {...(state === 'nothing' && {
        remedy: { words: 'Scale it down for me', apply: () => void scale() },
      })}
    />
  );
}
