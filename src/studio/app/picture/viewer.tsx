import { useId, type CSSProperties, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useZoom } from './use-zoom.js';
import './viewer.css';

interface ViewerProps {
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  /** What is looked at, for people who do not see it. */
  readonly name: string;
  /** One or more `ZoomLayer`, and what stays in its place while they move. */
  readonly children: ReactNode;
}

/** A window on a picture that can be zoomed and panned; everything in its layers moves in step. */
export function Viewer({ width, height, name, children }: ViewerProps) {
  const { window, isZoomed, isSharp, zoomIn, zoomOut, fit, actual } = useZoom(width);
  const hint = useId();
  const ratio = width / height;
  // As large as there is room, and not more than a few times its pixels.
  const max = Math.max(width * 2, Math.min(480, width * 6));
  const size = { '--ratio': ratio, '--most': `${max}px` } as CSSProperties;
  return (
    <div className="viewer" style={size}>
      <div
        ref={window}
        className={`viewer-window${isZoomed ? ' zoomed' : ''}${isSharp ? ' sharp' : ''}`}
        role="group"
        aria-label={name}
        aria-describedby={hint}
        tabIndex={0}
      >
        {children}
      </div>
      <p id={hint} className="out-of-sight">
        Plus and minus zoom, arrow keys move, 1 shows each pixel as one, 0 shows all of it.
      </p>
      <div className="viewer-tools" role="group" aria-label="Zoom">
        <Button className="viewer-tool" aria-label="Zoom out" onPress={zoomOut}>
          −
        </Button>
        <Button className="viewer-tool" aria-label="Zoom in" onPress={zoomIn}>
          +
        </Button>
        <Button className="viewer-tool" onPress={actual}>
          100 %
        </Button>
        <Button className="viewer-tool" onPress={fit} isDisabled={!isZoomed}>
          Fit
        </Button>
      </div>
    </div>
  );
}

/** What moves and grows with the picture: as large as the picture fits into the window. */
export function ZoomLayer({ children }: { readonly children: ReactNode }) {
  return (
    <div className="zoom-layer">
      <div className="zoom-content">{children}</div>
    </div>
  );
}
