import type { ReactNode } from 'react';
import { nameOf, type Picture } from './picture.js';
import './stage.css';
import { Viewer, ZoomLayer } from './viewer.js';

interface StageProps {
  readonly picture: Picture;
  readonly isBusy?: boolean;
  /** Lies over the picture, whose size it takes. */
  readonly children?: ReactNode;
}

/** A picture on its mat. */
export function Stage({ picture, isBusy = false, children }: StageProps) {
  const { shown, source } = picture;
  const name = nameOf(source);
  if (shown === undefined) {
    return (
      <div className="stage">
        <p className="stage-invisible">
          {picture.isUnreadable === true
            ? `There is nothing to see of ${name}: it cannot be read as a picture.`
            : `This browser cannot show ${name}. The service reads it all the same, so its answers stand beside.`}
        </p>
      </div>
    );
  }
  return (
    <div className="stage">
      <Viewer key={picture.id} width={shown.width} height={shown.height} name={`Picture ${name}`}>
        <ZoomLayer>
          <img className="stage-image" src={shown.url} alt={`Your picture, ${name}`} draggable={false} />
          {children}
        </ZoomLayer>
        {isBusy && <span className="stage-scan" aria-hidden="true" />}
      </Viewer>
    </div>
  );
}
