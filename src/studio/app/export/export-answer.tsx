import { useState } from 'react';
import { Button } from 'react-aria-components';
import { CopyButton } from '../request/copy-button.js';
import { ProblemNote } from '../ui/problem-note.js';
import type { Problem } from '../service/problem.js';
import { saveAs } from './save-as.js';
import './export-answer.css';

/** A file that can be saved beside the answer itself. */
export interface Extra {
  readonly words: string;
  readonly name: string;
  /** The file or its address; a problem where it cannot be made. */
  readonly make: () => Promise<Blob | string | Problem>;
}

interface ExportAnswerProps {
  /** The answer, as the service gave it. */
  readonly answer: unknown;
  /** The name of the picture that it is about. */
  readonly about: string;
  readonly extras?: readonly Extra[];
}

/** Copies or saves an answer: as JSON, or as pictures. */
export function ExportAnswer({ answer, about, extras = [] }: ExportAnswerProps) {
  const [problem, setProblem] = useState<Problem>();
  const json = JSON.stringify(answer, withoutBytes, 2);
  const save = async ({ make, name }: Extra): Promise<void> => {
    setProblem(undefined);
    const made = await make();
    if (typeof made === 'string' || made instanceof Blob) saveAs(made, name);
    else setProblem(made);
  };
  return (
    <div className="export-answer" role="group" aria-label="Export the answer">
      <CopyButton text={json} words="Copy JSON" what="the answer" />
      <Button
        className="button small"
        onPress={() => saveAs(new Blob([json], { type: 'application/json' }), `${stemOf(about)}.json`)}
      >
        Save JSON
      </Button>
      {extras.map((extra) => (
        <Button key={extra.words} className="button small" onPress={() => void save(extra)}>
          {extra.words}
        </Button>
      ))}
      {problem && <ProblemNote problem={problem} />}
    </div>
  );
}

/** The part of a file's name before its kind. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '') || 'picture';
}

/** Pictures within an answer are files of their own. */
function withoutBytes(name: string, value: unknown): unknown {
  return name === 'base64' ? undefined : value;
}
