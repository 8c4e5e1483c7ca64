import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { useApp } from '../app-context.js';

/** How far the choosing of a picture is, and what kept it from being taken. */
export function OpeningNote() {
  const { opening } = useApp();
  switch (opening.state) {
    case 'nothing':
      return null;
    case 'opening':
      return <Waiting words="Opening the picture" />;
    case 'failed':
      return (
        <ProblemNote
          problem={opening.problem}
          onRetry={opening.again}
          {...(opening.scaleDown && { remedy: { words: 'Scale it down for me', apply: opening.scaleDown } })}
        />
      );
  }
}
