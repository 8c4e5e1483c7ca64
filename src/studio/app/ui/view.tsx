import type { ReactNode } from 'react';
import { ChangePicture } from '../picture/change-picture.js';
import { Picker } from '../picture/picker.js';
import type { Picture } from '../picture/picture.js';
import { useWorkbench } from '../workbench.js';
import './view.css';

const LEAD = 'Show Okulo a picture. It stays while you go from one question to the next.';

interface ViewProps {
  /** The question that the view answers. */
  readonly title: string;
  readonly stage: ReactNode;
  /** What is on the stage, where it is not the picture on the workbench. */
  readonly picture?: Picture | undefined;
  /** True where there is something to see without a picture. */
  readonly worksWithout?: boolean;
  readonly children: ReactNode;
}

/** The picture in the centre, and beside it (below it on a phone) what is asked and what came of it. */
export function View(props: ViewProps) {
  const { title, stage, worksWithout = false, children } = props;
  const workbench = useWorkbench();
  if (workbench.picture === undefined && !worksWithout) return <Picker title={title} lead={LEAD} />;
  return (
    <div className="view">
      <div className="view-stage">
        {stage}
        <ChangePicture onStage={'picture' in props ? props.picture : workbench.picture} />
      </div>
      <section className="view-side" aria-label={title}>
        <h2>{title}</h2>
        {children}
      </section>
    </div>
  );
}
