import type { ReactNode } from 'react';
import type { Picture } from './picture.js';
import './stage.css';

interface StageProps {
  readonly picture: Picture;
  readonly isBusy?: boolean;
  /** Lies over the picture, whose size it takes. */
  readonly children?: ReactNode;
}

/** A picture on its mat. */
export function Stage({ picture, isBusy = false, children }: StageProps) {
  const { shown, file } = picture;
  if (shown === undefined) {
    return (
      <div className="stage">
        <p className="stage-invisible">
          This browser cannot show {file.name}. The service reads it all the same, so its answers stand
          beside.
        </p>
      </div>
    );
  }
  return (
    <div className="stage">
      <Framed width={shown.width} height={shown.height}>
        <img className="stage-image" src={shown.url} alt={`Your picture, ${file.name}`} />
        {children}
        {isBusy && <span className="stage-scan" aria-hidden="true" />}
      </Framed>
    </div>
  );
}

interface FramedProps {
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

/** As large as there is room, and not more than a few times its pixels. */
export function Framed({ width, height, children }: FramedProps) {
  const most = Math.max(width * 2, Math.min(480, width * 6));
  return (
    <div
      className="stage-frame"
      style={{
        aspectRatio: `${width} / ${height}`,
        width: `min(100%, ${most}px, calc(var(--stage-height) * ${width / height}))`,
      }}
    >
      {children}
    </div>
  );
}
