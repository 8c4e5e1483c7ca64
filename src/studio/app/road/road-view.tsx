import { useEffect, useRef, useState } from 'react';
import { SegmentRoadDocument } from '../../../client/operations.js';
import { ExportAnswer } from '../export/export-answer.js';
import { ModelChoice } from '../models/model-choice.js';
import { nameOf } from '../picture/picture.js';
import { Stage } from '../picture/stage.js';
import { Request } from '../request/request.js';
import { answerOf } from '../service/action.js';
import { useAnswer } from '../service/use-answer.js';
import { useService } from '../service/use-service.js';
import { announce } from '../ui/announce.js';
import { AnsweredBy } from '../ui/answered-by.js';
import { ProblemNote } from '../ui/problem-note.js';
import { ValueSlider } from '../ui/value-slider.js';
import { ViewFrame } from '../ui/view-frame.js';
import { Waiting } from '../ui/waiting.js';
import { percent } from '../ui/words.js';
import { useModel } from '../use-model.js';
import { useApp } from '../app-context.js';
import { Legend } from './legend.js';
import { MaskLayer } from './mask-layer.js';
import { roadPictures } from './road-pictures.js';
import { usePaintedMask } from './use-painted-mask.js';

const OPACITY_AT_FIRST = 0.55;

/** Where the road is: the service sends a mask of class numbers, and the page paints it. */
export function RoadView() {
  const { picture } = useApp();
  const { client } = useService();
  const [model, setModel] = useModel('road');
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const opacity = useRef(OPACITY_AT_FIRST);
  const overlay = useRef<HTMLDivElement>(null);
  const { action, sent, again } = useAnswer(SegmentRoadDocument, {
    mask: true,
    maskBytes: true,
    overlay: false,
    ...(model !== undefined && { model }),
  });
  const answer = answerOf(action)?.segmentRoad;
  const layers = usePaintedMask(answer?.mask?.base64);

  const road = answer?.areas.find((area) => area.class === 'ROAD');
  useEffect(() => {
    if (road) announce(`${percent(road.fraction)} of the picture is road`);
  }, [road]);

  const fade = (value: number): void => {
    opacity.current = value;
    // Straight to the element: a moving slider renders nothing.
    overlay.current?.style.setProperty('opacity', String(value));
  };
  const toggle = (value: number): void =>
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(value)) after.add(value);
      return after;
    });

  return (
    <ViewFrame
      title="Where is the road?"
      stage={
        picture && (
          <Stage picture={picture} isBusy={action.state === 'running'}>
            <div
              className="stage-over"
              ref={(element) => {
                overlay.current = element;
                element?.style.setProperty('opacity', String(opacity.current));
              }}
            >
              {[...(layers ?? [])].map(([value, layer]) => (
                <MaskLayer key={value} layer={layer} isShown={!hidden.has(value)} />
              ))}
            </div>
          </Stage>
        )
      }
    >
      {action.state === 'running' && !answer && <Waiting words="Looking for the road" />}
      {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
      {answer && <Legend areas={answer.areas} hidden={hidden} onToggle={toggle} />}
      {answer && <AnsweredBy {...answer} onChoose={setModel} />}
      {answer && picture && (
        <ExportAnswer
          answer={answer}
          about={nameOf(picture.source)}
          extras={roadPictures({ client, picture, answer, opacity, model })}
        />
      )}
      <h3>Painting</h3>
      <div className="controls">
        <ValueSlider
          label="Opacity"
          from={0}
          to={1}
          step={0.05}
          initial={OPACITY_AT_FIRST}
          inPercent
          onMove={fade}
        />
        <ModelChoice task="SEGMENT_ROAD" value={model} onChange={setModel} />
      </div>
      <Request sent={[sent]} />
    </ViewFrame>
  );
}
