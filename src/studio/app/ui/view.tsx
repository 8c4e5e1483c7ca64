import { useRef, type ReactNode } from 'react';
import { ChangePicture } from '../picture/change-picture.js';
import { Picker } from '../picture/picker.js';
import type { Picture } from '../picture/picture.js';
import { useWorkbench } from '../workbench.js';
import { late } from './late.js';
import { useLostFocus } from './use-lost-focus.js';
import { Waiting } from './waiting.js';
import './view.css';

const Strip = late({
  name: 'The list of pictures',
  load: async () => (await import('../strip/strip.js')).Strip,
});

const LEAD = 'Show Okulo a picture. It stays while you go from one question to the next.';

interface ViewProps {
  /** The question that the view answers. */
  readonly title: string;
  readonly stage: ReactNode;
  /** What is on the stage, where it is not the picture on the workbench. */
  readonly picture?: Picture | undefined;
  /** True where there is something to see without a picture. */
  readonly worksWithout?: boolean;
  /** What the side is about, where that changes under the same title. */
  readonly about?: string | undefined;
  readonly children: ReactNode;
}

/** The picture in the centre, and beside it (below it on a phone) what is asked and what came of it. */
export function View(props: ViewProps) {
  const { title, stage, worksWithout = false, about = '', children } = props;
  const workbench = useWorkbench();
  const isPicking = workbench.picture === undefined && !worksWithout;
  const heading = useRef<HTMLHeadingElement>(null);
  useLostFocus(heading, isPicking ? 'nothing' : `something ${about}`);
  if (isPicking && workbench.isRestoring) return <Waiting words="Getting your picture back" />;
  if (isPicking) return <Picker title={title} lead={LEAD} />;
  return (
    <div className="view">
      <div className="view-stage">
        {stage}
        <ChangePicture onStage={'picture' in props ? props.picture : workbench.picture} />
        {workbench.strip.length > 1 && <Strip />}
      </div>
      <section className="view-side" aria-label={title}>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </section>
    </div>
  );
}
