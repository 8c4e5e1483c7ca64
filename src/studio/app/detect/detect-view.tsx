import { useEffect, useMemo, useState } from 'react';
import { DetectObjectsDocument } from '../../../client/operations.js';
import { ExportAnswer } from '../export/export-answer.js';
import { ModelChoice } from '../models/model-choice.js';
import type { ModelInfo } from '../models/use-models.js';
import { nameOf } from '../picture/picture.js';
import { Stage } from '../picture/stage.js';
import { Request } from '../request/request.js';
import type { Sent } from '../request/sent.js';
import { answerOf } from '../service/action.js';
import { useAnswer } from '../service/use-answer.js';
import { useService } from '../service/use-service.js';
import { announce } from '../ui/announce.js';
import { AnsweredBy } from '../ui/answered-by.js';
import { ProblemNote } from '../ui/problem-note.js';
import { ValueSlider } from '../ui/value-slider.js';
import { ViewFrame } from '../ui/view-frame.js';
import { Waiting } from '../ui/waiting.js';
import { useModel } from '../use-model.js';
import { useApp } from '../app-context.js';
import { Boxes } from './boxes.js';
import { ClassFilter } from './class-filter.js';
import { CropClasses } from './crop-classes.js';
import { ObjectList } from './object-list.js';
import { objectPictures } from './object-pictures.js';
import { objectWords } from './object-words.js';

/** Asked for once; the page itself leaves out what is less sure than the slider says. */
const MIN_SCORE = 0.1;
const MAX_SCORE = 0.95;
/** Until it is known which model answers. */
const USUAL_SCORE = 0.5;

/** What is where: boxes over the picture, and what each of them holds. */
export function DetectView() {
  const { picture, models } = useApp();
  const { client } = useService();
  const [model, setModel] = useModel('detect');
  const [moved, setMoved] = useState<number>();
  const [chosen, setChosen] = useState<number>();
  const [lit, setLit] = useState<number>();
  const [classes, setClasses] = useState<ReadonlySet<string>>(new Set());
  const [cropSent, setCropSent] = useState<Sent>();
  const { action, sent, again } = useAnswer(DetectObjectsDocument, {
    minScore: MIN_SCORE,
    crops: false,
    annotated: false,
    ...(model !== undefined && { model }),
  });
  const answer = answerOf(action)?.detectObjects;
  const own = answer?.model.minScore ?? minScoreOf(models, model) ?? USUAL_SCORE;
  const min = moved ?? own;
  const found = useMemo(
    () => answer?.objects.map((object, id) => ({ ...object, id, place: object.box.relative })) ?? [],
    [answer],
  );
  const sure = useMemo(() => found.filter(({ score }) => score >= min), [found, min]);
  const objects = useMemo(
    () => (classes.size === 0 ? sure : sure.filter(({ label }) => classes.has(label))),
    [sure, classes],
  );
  const object = objects.find(({ id }) => id === chosen);
  const choose = (id: string | undefined): void => {
    setModel(id);
    // Scores of different models mean different things.
    setMoved(undefined);
  };

  useEffect(() => {
    setChosen(undefined);
    setLit(undefined);
    setClasses(new Set());
    setCropSent(undefined);
  }, [answer]);
  const words = answer && objectWords(objects);
  useEffect(() => {
    if (words !== undefined) announce(words);
  }, [words]);

  return (
    <ViewFrame
      title="What is where?"
      stage={
        picture && (
          <Stage picture={picture} isBusy={action.state === 'running'}>
            <Boxes objects={objects} chosen={chosen} lit={lit} onChoose={setChosen} onLight={setLit} />
          </Stage>
        )
      }
    >
      {action.state === 'running' && !answer && <Waiting words="Looking for objects" />}
      {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
      {answer && <p className="answer">{objectWords(objects)}</p>}
      <ValueSlider
        label="Sure by at least"
        key={`${model ?? ''} ${own}`}
        from={Math.min(MIN_SCORE, own)}
        to={Math.max(MAX_SCORE, own)}
        step={0.01}
        initial={min}
        inPercent
        onMove={setMoved}
      />
      {answer && <ClassFilter objects={sure} shown={classes} onChange={setClasses} />}
      {answer && (
        <ObjectList objects={objects} chosen={chosen} lit={lit} onChoose={setChosen} onLight={setLit} />
      )}
      {object && picture?.shown && (
        <CropClasses picture={picture.shown} label={object.label} box={object.box} onSent={setCropSent} />
      )}
      {answer && <AnsweredBy {...answer} onChoose={choose} />}
      {answer && picture && (
        <ExportAnswer
          answer={{ ...answer, objects: objects.map(({ id }) => answer.objects[id]) }}
          about={nameOf(picture.source)}
          extras={objectPictures({ client, picture, minScore: min, labels: classes, model })}
        />
      )}
      <h3>Ask again</h3>
      <div className="controls">
        <ModelChoice task="DETECT_OBJECTS" value={model} onChange={choose} />
      </div>
      <Request sent={[sent, cropSent]} />
    </ViewFrame>
  );
}

/** The score that the chosen model, or the default one, counts objects from. */
function minScoreOf(models: readonly ModelInfo[], chosen: string | undefined): number | null | undefined {
  return models.find(
    ({ id, task, isDefault }) =>
      (chosen === undefined ? isDefault : id === chosen) && task === 'DETECT_OBJECTS',
  )?.minScore;
}
