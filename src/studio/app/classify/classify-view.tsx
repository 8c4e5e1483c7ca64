import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { ClassifyDocument } from '../../../client/operations.js';
import { ExportAnswer } from '../export/export-answer.js';
import { ModelChoice } from '../models/model-choice.js';
import { nameOf } from '../picture/picture.js';
import { Stage } from '../picture/stage.js';
import { Request } from '../request/request.js';
import { answerOf } from '../service/action.js';
import { useAnswer } from '../service/use-answer.js';
import { announce } from '../ui/announce.js';
import { AnsweredBy } from '../ui/answered-by.js';
import { ProblemNote } from '../ui/problem-note.js';
import { ValueSlider } from '../ui/value-slider.js';
import { ViewFrame } from '../ui/view-frame.js';
import { Waiting } from '../ui/waiting.js';
import { useModel } from '../use-model.js';
import { useApp } from '../app-context.js';
import { classWords } from './class-words.js';
import { Classes } from './classes.js';

const CLASSES_AT_FIRST = 5;

/** What the picture shows, in classes with their scores. */
export function ClassifyView() {
  const { picture, models } = useApp();
  const [model, setModel] = useModel('classify');
  const [topK, setTopK] = useState(CLASSES_AT_FIRST);
  const { action, sent, again } = useAnswer(ClassifyDocument, {
    topK,
    ...(model !== undefined && { model }),
  });
  const answer = answerOf(action)?.classify;

  const unsureBelow = models.find(({ id }) => id === answer?.model.id)?.unsureBelow;
  useEffect(() => {
    if (answer) announce(classWords(answer.labels, unsureBelow));
  }, [answer, unsureBelow]);

  return (
    <ViewFrame
      title="What is it?"
      stage={picture && <Stage picture={picture} isBusy={action.state === 'running'} />}
    >
      {answer && <Classes {...answer} />}
      {action.state === 'running' && !answer && <Waiting words="Looking at the picture" />}
      {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
      {answer && <AnsweredBy {...answer} onChoose={setModel} />}
      {answer && picture && <ExportAnswer answer={answer} about={nameOf(picture.source)} />}
      <h3>Ask again</h3>
      <div className="controls">
        <ModelChoice task="CLASSIFY" value={model} onChange={setModel} />
        <ValueSlider
          label="Classes"
          from={1}
          to={10}
          step={1}
          initial={CLASSES_AT_FIRST}
          onSettle={setTopK}
        />
      </div>
      <Button className="button" onPress={again} isDisabled={action.state === 'running'}>
        Classify
      </Button>
      <Request sent={[sent]} />
    </ViewFrame>
  );
}
