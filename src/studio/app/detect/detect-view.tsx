import { useEffect, useMemo, useState } from 'react';
import { DetectObjectsDocument } from '../../../client/operations.js';
import { ModelChoice } from '../models/model-choice.js';
import { Stage } from '../picture/stage.js';
import { Request } from '../request/request.js';
import type { Sent } from '../request/sent.js';
import { answerOf } from '../service/action.js';
import { useAnswer } from '../service/use-answer.js';
import { announce } from '../ui/announce.js';
import { AnsweredBy } from '../ui/answered-by.js';
import { ProblemNote } from '../ui/problem-note.js';
import { ValueSlider } from '../ui/value-slider.js';
import { View } from '../ui/view.js';
import { Waiting } from '../ui/waiting.js';
import { counted } from '../ui/words.js';
import { useWorkbench } from '../workbench.js';
import { Boxes } from './boxes.js';
import { CropClasses } from './crop-classes.js';
import { ObjectList } from './object-list.js';

/** Asked for once; the page itself leaves out what is less sure than the slider says. */
const LEAST_SCORE = 0.1;
const SCORE_AT_FIRST = 0.5;

/** What is where: boxes over the picture, and what each of them holds. */
export function DetectView() {
  const { picture } = useWorkbench();
  const [model, setModel] = useState('');
  const [least, setLeast] = useState(SCORE_AT_FIRST);
  const [chosen, setChosen] = useState<number>();
  const [cropSent, setCropSent] = useState<Sent>();
  const { action, sent, again } = useAnswer(DetectObjectsDocument, {
    minScore: LEAST_SCORE,
    crops: false,
    annotated: false,
    ...(model && { model }),
  });
  const answer = answerOf(action)?.detectObjects;
  const found = useMemo(
    () => answer?.objects.map((object, id) => ({ ...object, id, place: object.box.relative })) ?? [],
    [answer],
  );
  const objects = useMemo(() => found.filter(({ score }) => score >= least), [found, least]);
  const object = objects.find(({ id }) => id === chosen);

  useEffect(() => {
    setChosen(undefined);
    setCropSent(undefined);
  }, [answer]);
  const count = answer && objects.length;
  useEffect(() => {
    if (count !== undefined) announce(counted(count, 'object'));
  }, [count]);

  return (
    <View
      title="What is where?"
      stage={
        picture && (
          <Stage picture={picture} isBusy={action.state === 'running'}>
            <Boxes objects={objects} chosen={chosen} onChoose={setChosen} />
          </Stage>
        )
      }
    >
      {action.state === 'running' && !answer && <Waiting words="Looking for objects" />}
      {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
      <ValueSlider
        label="Sure by at least"
        from={LEAST_SCORE}
        to={0.95}
        step={0.01}
        initial={SCORE_AT_FIRST}
        inPercent
        onMove={setLeast}
      />
      {answer && <ObjectList objects={objects} chosen={chosen} onChoose={setChosen} />}
      {object && picture?.shown && (
        <CropClasses picture={picture.shown} label={object.label} box={object.box} onSent={setCropSent} />
      )}
      {answer && <AnsweredBy {...answer} />}
      <h3>Ask again</h3>
      <div className="controls">
        <ModelChoice task="DETECT_OBJECTS" value={model} onChange={setModel} />
      </div>
      <Request sent={[sent, cropSent]} />
    </View>
  );
}
