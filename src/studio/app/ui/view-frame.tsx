import { use, useRef, type ReactNode } from 'react';
import { ChangePicture } from '../picture/change-picture.js';
import { Picker } from '../picture/picker.js';
import type { Picture } from '../picture/picture.js';
import { InFrontContext, useApp } from '../app-context.js';
import { lazyPart } from './lazy-part.js';
import { useLostFocus } from './use-lost-focus.js';
import { Waiting } from './waiting.js';
import './view-frame.css';

const Strip = lazyPart({
  name: 'The list of pictures',
  load: async () => (await import('../strip/strip.js')).Strip,
});

const LEAD = 'Show Okulo a picture. It stays while you go from one question to the next.';

interface ViewProps {
  /** The question that the view answers. */
  readonly title: string;
  readonly stage: ReactNode;
  /** What is on the stage, where it is not the picture on the page. */
  readonly picture?: Picture | undefined;
  /** True where there is something to see without a picture. */
  readonly worksWithout?: boolean;
  /** What the side is about, where that changes under the same title. */
  readonly about?: string | undefined;
  readonly children: ReactNode;
}

/** The picture in the centre, and beside it (below it on a phone) what is asked and what came of it. */
export function ViewFrame(props: ViewProps) {
  const { title, stage, worksWithout = false, about = '', children } = props;
  const app = useApp();
  const hasStrip = app.strip.length > 1;
  const isMissing = app.picture === undefined && !worksWithout;
  // The next picture of several comes in a moment, and what is around it stays.
  const isComing = isMissing && app.isRestoring && hasStrip;
  const isPicking = isMissing && !isComing;
  const inFront = use(InFrontContext);
  const heading = useRef<HTMLHeadingElement>(null);
  useLostFocus(heading, isPicking ? 'nothing' : `something ${about}`);
  if (isPicking && app.isRestoring) return <Waiting words="Getting your picture back" />;
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
        <ChangePicture onStage={'picture' in props ? props.picture : app.picture} />
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
