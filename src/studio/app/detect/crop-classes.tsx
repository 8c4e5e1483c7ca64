import { useEffect, useRef, useState } from 'react';
import { ClassifyDocument } from '../../../client/operations.js';
import { Classes } from '../classify/classes.js';
import { cropOf } from '../picture/crop.js';
import type { ShownPicture } from '../picture/picture.js';
import type { Sent } from '../request/sent.js';
import { answerOf } from '../service/action.js';
import { useAction } from '../service/use-action.js';
import { AnsweredBy } from '../ui/answered-by.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import './crop-classes.css';
import type { Box } from './geometry.js';

interface CropClassesProps {
  readonly picture: ShownPicture;
  readonly label: string;
  /** In pixels. */
  readonly box: Box;
  readonly onSent: (sent: Sent) => void;
}

/** Cuts an object out of the picture and asks what it is by itself. */
export function CropClasses({ picture, label, box, onSent }: CropClassesProps) {
  const section = useRef<HTMLElement>(null);
  const [url, setUrl] = useState<string>();
  const { action, sent, run, again } = useAction(ClassifyDocument);
  useEffect(() => {
    let made: string | undefined;
    let isWanted = true;
    void cropOf(picture, box, label.replaceAll(' ', '-')).then((crop) => {
      if (!isWanted) return;
      made = URL.createObjectURL(crop);
      setUrl(made);
      run({ image: { upload: crop }, topK: 3 }, crop);
    });
    return () => {
      isWanted = false;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [picture, label, box, run]);
  const hasAnswer = action.state === 'done';
  useEffect(() => {
    // On a phone it stands below what is seen.
    if (hasAnswer) section.current?.scrollIntoView({ block: 'nearest' });
  }, [hasAnswer]);
  useEffect(() => {
    if (sent) onSent(sent);
  }, [sent, onSent]);

  const answer = answerOf(action)?.classify;
  return (
    <section ref={section} className="crop" aria-label={`Cut out: ${label}`}>
      <h3>Cut out: {label}</h3>
      {url !== undefined && <img src={url} alt={`The ${label}, cut out of the picture`} />}
      <div className="crop-answer" aria-live="polite">
        {action.state === 'running' && <Waiting words="Looking closer" />}
        {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
        {answer && <Classes {...answer} />}
        {answer && <AnsweredBy {...answer} />}
      </div>
    </section>
  );
}
