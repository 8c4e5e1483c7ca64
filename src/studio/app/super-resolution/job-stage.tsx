import { useState } from 'react';
import type { Picture, ShownPicture } from '../picture/picture.js';
import { Stage } from '../picture/stage.js';
import { Viewer, ZoomLayer } from '../picture/viewer.js';
import type { JobUpdate } from '../service/job-follower.js';
import { lazyPart } from '../ui/lazy-part.js';
import { ServiceImage } from '../ui/service-image.js';
import type { CompareProps } from './compare.js';
import { TileGrid } from './tile-grid.js';
import { usePreview } from './use-preview.js';

const Compare = lazyPart<CompareProps>({
  name: 'The comparison',
  load: async () => (await import('./compare.js')).Compare,
  Meanwhile: Result,
});

interface JobStageProps {
  readonly job: JobUpdate | undefined;
  readonly picture: Picture | undefined;
  /** What the service has kept of it, where this browser has not. */
  readonly source: ShownPicture | undefined;
}

/** What there is to see of a job: its tiles while it runs, then the result against the input. */
export function JobStage({ job, picture, source }: JobStageProps) {
  const { url: preview, tiles } = usePreview(job);
  const grid = job?.status === 'RUNNING' && tiles && <TileGrid {...tiles} />;
  const result = job?.result;
  const [lost, setLost] = useState<string>();
  const before = picture?.shown ?? source;
  if (result && lost === result.url) {
    return (
      <div className="stage">
        <p className="stage-invisible">The result cannot be fetched: it may not be kept any more.</p>
      </div>
    );
  }
  if (result) {
    const lose = (): void => setLost(result.url);
    return (
      <div className="stage">
        {before ? (
          <Compare before={before} after={result} onLost={lose} />
        ) : (
          <Result after={result} onLost={lose} />
        )}
      </div>
    );
  }
  const isBusy = job?.status === 'RUNNING' && preview === undefined;
  if (picture?.shown) {
    return (
      <Stage picture={picture} isBusy={isBusy}>
        {preview !== undefined && (
          <ServiceImage className="stage-over" src={preview} alt="What is done so far" />
        )}
        {grid}
      </Stage>
    );
  }
  if (picture) return <Stage picture={picture} />;
  const shown = preview ?? source?.url;
  return (
    <div className="stage">
      {job && shown !== undefined ? (
        <Viewer width={job.outputWidth} height={job.outputHeight} name="The picture of the job">
          <ZoomLayer>
            <ServiceImage
              className="stage-image"
              src={shown}
              alt={preview === undefined ? 'The picture that was sent' : 'What is done so far'}
            />
            {grid}
          </ZoomLayer>
          {isBusy && <span className="stage-scan" aria-hidden="true" />}
        </Viewer>
      ) : (
        <p className="stage-invisible">
          This job was sent on an earlier visit: its picture shows once it is done.
        </p>
      )}
    </div>
  );
}

function Result({ after: { url, width, height }, onLost }: Omit<CompareProps, 'before'>) {
  return (
    <Viewer width={width} height={height} name="The result">
      <ZoomLayer>
        <ServiceImage
          className="stage-image"
          src={url}
          alt="The result, four times as large"
          onLost={onLost}
        />
      </ZoomLayer>
    </Viewer>
  );
}
