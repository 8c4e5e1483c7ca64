import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { AnalyzeDocument, type AnalyzeMutation } from '../../../client/operations.js';
import { classWords } from '../classify/class-words.js';
import { Classes } from '../classify/classes.js';
import { Boxes, type Found } from '../detect/boxes.js';
import { ExportAnswer } from '../export/export-answer.js';
import { nameOf } from '../picture/picture.js';
import { Stage } from '../picture/stage.js';
import { Request } from '../request/request.js';
import { answerOf } from '../service/action.js';
import { useAnswer } from '../service/use-answer.js';
import { AnsweredBy } from '../ui/answered-by.js';
import { ProblemNote } from '../ui/problem-note.js';
import { ViewFrame } from '../ui/view-frame.js';
import { Waiting } from '../ui/waiting.js';
import { counted, percent } from '../ui/words.js';
import { useApp } from '../app-context.js';
import { RoadShares } from './road-shares.js';
import './analyze.css';

type Analysis = AnalyzeMutation['analyze'];

/** Everything about a picture by one request, which decodes it once. */
export function AnalyzeView() {
  const { picture, models } = useApp();
  const { action, sent, again } = useAnswer(AnalyzeDocument, {});
  const answer = answerOf(action)?.analyze;
  const unsureBelow = models.find(({ id }) => id === answer?.classification.model.id)?.unsureBelow;
  const objects = useMemo(() => (answer ? foundIn(answer) : []), [answer]);
  return (
    <ViewFrame
      title="Everything at once"
      stage={
        picture && (
          <Stage picture={picture} isBusy={action.state === 'running'}>
            <Boxes objects={objects} />
          </Stage>
        )
      }
    >
      {action.state === 'running' && !answer && <Waiting words="Looking at all of it" />}
      {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
      {answer && (
        <>
          <h3>The picture</h3>
          <Classes {...answer.classification} />
          <h3>The road</h3>
          <RoadShares areas={answer.road.areas} />
          <h3>{counted(objects.length, 'object')}</h3>
          <ul className="analyze-objects" aria-label="Objects">
            {answer.detection.objects.map(({ label, score, classification }, index) => (
              <li key={index}>
                <span>
                  {label} <span className="quiet">{percent(score)}</span>
                </span>
                <span className="quiet">{classWords(classification.labels, unsureBelow)}</span>
              </li>
            ))}
          </ul>
          {[answer.classification, answer.road, answer.detection].map(({ model }) => (
            <AnsweredBy key={model.id} model={model} />
          ))}
          {picture && <ExportAnswer answer={answer} about={nameOf(picture.source)} />}
        </>
      )}
      <p>
        <Button className="button" onPress={again} isDisabled={action.state === 'running'}>
          Analyze
        </Button>
      </p>
      <Request sent={[sent]} />
    </ViewFrame>
  );
}

function foundIn({ image, detection }: Analysis): Found[] {
  return detection.objects.map(({ label, score, classIndex, box: { x, y, width, height } }, id) => ({
    id,
    label,
    score,
    classIndex,
    place: {
      x: x / image.width,
      y: y / image.height,
      width: width / image.width,
      height: height / image.height,
    },
  }));
}
