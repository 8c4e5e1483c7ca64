import { ReactCompareSlider } from 'react-compare-slider';
import type { ShownPicture } from '../picture/picture.js';
import { Viewer, ZoomLayer } from '../picture/viewer.js';
import { ServiceImage } from '../ui/service-image.js';
import './compare.css';

export interface CompareProps {
  readonly before: ShownPicture;
  readonly after: { readonly url: string; readonly width: number; readonly height: number };
  /** Told when the result cannot be fetched. */
  readonly onLost: () => void;
}

/** The input on the left of a line that can be moved, the result on its right. */
export function Compare({ before, after, onLost }: CompareProps) {
  return (
    <Viewer width={after.width} height={after.height} name="Before and after">
      <ReactCompareSlider
        className="compare"
        keyboardIncrement="5%"
        // Elsewhere the pictures are moved, both at a time.
        onlyHandleDraggable
        itemOne={
          <ZoomLayer>
            <ServiceImage className="stage-image" src={before.url} alt="Before: your picture" />
          </ZoomLayer>
        }
        itemTwo={
          <ZoomLayer>
            <ServiceImage
              className="stage-image"
              src={after.url}
              alt="After: four times as large"
              onLost={onLost}
            />
          </ZoomLayer>
        }
      />
      <p className="compare-names" aria-hidden="true">
        <span>Before</span>
        <span>After</span>
      </p>
    </Viewer>
  );
}
