import { aboutSeconds } from '../../../client/job-words.js';
import type { EstimateJobQuery } from '../../../client/operations.js';
import type { ShownPicture } from '../picture/picture.js';
import { counted, dimensions } from '../ui/words.js';
import './planned.css';

interface PlannedProps {
  readonly from: ShownPicture | undefined;
  /** Undefined until it is known, and of a picture whose size only the service can tell. */
  readonly estimate: EstimateJobQuery['estimateJob'] | undefined;
}

/**
 * What will come of a picture: from how many pixels to how many, and about how long it takes. It takes its room from
 * the beginning, so that the button below does not move away under a finger when the estimate comes.
 */
export function Planned({ from, estimate }: PlannedProps) {
  if (!from || !estimate) return <Room />;
  const { outputWidth, outputHeight, seconds, jobsAhead } = estimate;
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

function Room() {
  return (
    <div className="planned" aria-hidden>
      <p className="answer">&nbsp;</p>
      <p className="quiet">&nbsp;</p>
    </div>
  );
}
