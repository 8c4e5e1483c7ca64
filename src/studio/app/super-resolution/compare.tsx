import { ReactCompareSlider } from 'react-compare-slider';
import { Framed } from '../picture/stage.js';
import type { ShownPicture } from '../picture/picture.js';
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
    <Framed width={after.width} height={after.height}>
      <ReactCompareSlider
        className="compare"
        keyboardIncrement="5%"
        itemOne={<img className="stage-image" src={before.url} alt="Before: your picture" />}
        itemTwo={
          <img className="stage-image" src={after.url} alt="After: four times as large" onError={onLost} />
        }
      />
      <p className="compare-names" aria-hidden="true">
        <span>Before</span>
        <span>After</span>
      </p>
    </Framed>
  );
}
