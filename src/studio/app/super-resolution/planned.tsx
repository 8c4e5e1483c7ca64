import { aboutSeconds } from '../../../client/job-words.js';
import type { EstimateJobQuery } from '../../../client/operations.js';
import type { ShownPicture } from '../picture/picture.js';
import { counted, dimensions } from '../ui/words.js';
import './planned.css';

interface PlannedProps {
  readonly from: ShownPicture;
  readonly estimate: EstimateJobQuery['estimateJob'];
}

/** What will come of a picture: from how many pixels to how many, and about how long it takes. */
export function Planned({ from, estimate: { outputWidth, outputHeight, seconds, jobsAhead } }: PlannedProps) {
  return (
    <div className="planned">
      <p className="answer">
        <span className="planned-from">{dimensions(from)} →</span>{' '}
        {dimensions({ width: outputWidth, height: outputHeight })}
      </p>
      <p className="quiet">
        Takes {aboutSeconds(seconds)}
        {jobsAhead > 0 && `, with ${counted(jobsAhead, 'job')} before it`}.
      </p>
    </div>
  );
}
