import { use, useRef, type ReactNode } from 'react';
import { ChangePicture } from '../picture/change-picture.js';
import { Picker } from '../picture/picker.js';
import type { Picture } from '../picture/picture.js';
import { InFrontContext, useWorkbench } from '../workbench.js';
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
  const hasStrip = workbench.strip.length > 1;
  const isMissing = workbench.picture === undefined && !worksWithout;
  // The next picture of several comes in a moment, and what is around it stays.
  const isComing = isMissing && workbench.isRestoring && hasStrip;
  const isPicking = isMissing && !isComing;
  const inFront = use(InFrontContext);
  const heading = useRef<HTMLHeadingElement>(null);
  useLostFocus(heading, isPicking ? 'nothing' : `something ${about}`);
  if (isPicking && workbench.isRestoring) return <Waiting words="Getting your picture back" />;
  if (isPicking) return <Picker title={title} lead={LEAD} />;
  return (
    <div className="view">
      <div className="view-stage">
        {isComing ? (
          <div className="stage">
            <Waiting words="Getting the picture" />
          </div>
        ) : (
          stage
        )}
        <ChangePicture onStage={'picture' in props ? props.picture : workbench.picture} />
        {hasStrip && inFront && <Strip />}
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
