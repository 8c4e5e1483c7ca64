import { useCallback, useState } from 'react';
import type { Picture } from '../picture/picture.js';
import type { Sent } from '../request/sent.js';
import { useJob } from '../service/use-job.js';
import { ViewFrame } from '../ui/view-frame.js';
import { useApp } from '../app-context.js';
import { Interrupted } from './interrupted.js';
import { JobCard } from './job-card.js';
import { JobStage } from './job-stage.js';
import { StartForm } from './start-form.js';
import { useSource } from './use-source.js';

/** A picture four times as large, as a job that can be watched. */
export function SuperResolutionView() {
  const { picture, job, openJob } = useApp();
  const [round, setRound] = useState(0);
  const [started, setStarted] = useState<{ readonly id: string; readonly sent: Sent | undefined }>();
  const followed = useJob(job?.id, round);
  const source = useSource(job?.picture ? undefined : job?.id);
  const follow = useCallback(() => setRound((before) => before + 1), []);
  const start = useCallback(
    (id: string, its: Picture, sent: Sent | undefined) => {
      setStarted({ id, sent });
      openJob(id, its);
    },
    [openJob],
  );
  return (
    <ViewFrame
      title="Four times as large"
      worksWithout={job !== undefined}
      about={job?.id}
      picture={job ? job.picture : picture}
      stage={<JobStage job={followed.update} picture={job ? job.picture : picture} source={source} />}
    >
      <Interrupted />
      {job ? (
        <JobCard
          key={job.id}
          id={job.id}
          followed={followed}
          started={started?.id === job.id ? started.sent : undefined}
          isComparable={(job.picture?.shown ?? source) !== undefined}
          onFollow={follow}
          onLeave={() => openJob(undefined)}
        />
      ) : (
        picture && <StartForm picture={picture} onStarted={start} />
      )}
    </ViewFrame>
  );
}
