import { use, useEffect } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { InFrontContext, useApp } from '../app-context.js';
import { SHORT_ANSWERS } from './short-answers.js';
import { StripExport } from './strip-export.js';
import './strip.css';
import { useStripAnswers, type StripAnswer } from './use-strip-answers.js';
import { useStripPictures } from './use-strip-pictures.js';

/** The pictures that were chosen together, each with its answer in short; arrow keys go from one to the next. */
export function Strip() {
  const { strip, view, pictureId, goTo } = useApp();
  const pictures = useStripPictures();
  const answers = useStripAnswers();
  useArrowKeys();
  const asks = SHORT_ANSWERS[view] !== undefined;
  const done = strip.filter((id) => answers.has(id)).length;
  return (
    <section className="strip" aria-label="Pictures">
      <ListBox
        className="strip-list"
        aria-label="Pictures that were chosen together"
        orientation="horizontal"
        items={pictures.map((picture) => ({
          ...picture,
          answer: asks ? answers.get(picture.id) : undefined,
        }))}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={pictureId === undefined ? [] : [pictureId]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys;
          if (typeof key === 'string') goTo(key);
        }}
      >
        {({ id, name, thumbnail, answer }) => (
          <ListBoxItem id={id} textValue={asks ? `${name} ${wordsOf(answer)}` : name} className="strip-item">
            <span className="strip-thumbnail">
              {thumbnail === undefined ? extensionOf(name) : <img src={thumbnail} alt="" draggable={false} />}
            </span>
            <span className="strip-name">{name}</span>
            {asks && (
              <span className={`strip-answer${answer?.state === 'failed' ? ' away' : ''}`}>
                {wordsOf(answer)}
              </span>
            )}
          </ListBoxItem>
        )}
      </ListBox>
      {asks && (
        <p className="strip-foot">
          <span role="status">
            {done < strip.length ? `${done} of ${strip.length} answered` : `All ${strip.length} answered`}
          </span>
          <StripExport pictures={pictures} answers={answers} />
        </p>
      )}
    </section>
  );
}

/** Stands for a picture that the browser cannot show small. */
function extensionOf(name: string): string {
  return /\.([a-z0-9]{2,5})$/i.exec(name)?.[1]?.toUpperCase() ?? '';
}

function wordsOf(answer: StripAnswer | undefined): string {
  if (!answer) return '…';
  return answer.state === 'done' ? answer.answer.words : (answer.problem.code ?? 'not reached');
}

/** What has uses of its own for arrow keys. */
const CONTROLS =
  'input, select, textarea, button, a, [role="listbox"], [role="tablist"], [role="group"], [role="dialog"]';

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(CONTROLS) !== null;
}

/** The next picture by the arrow keys, wherever they mean nothing else. */
function useArrowKeys(): void {
  const { strip, pictureId, goTo } = useApp();
  const inFront = use(InFrontContext);
  useEffect(() => {
    if (!inFront) return;
    const step = (event: KeyboardEvent): void => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const isElsewhere = isControl(event.target) || event.altKey || event.ctrlKey || event.metaKey;
      const next = by && strip[strip.indexOf(pictureId ?? '') + by];
      if (next === undefined || next === 0 || isElsewhere || event.defaultPrevented) return;
      event.preventDefault();
      goTo(next);
    };
    window.addEventListener('keydown', step);
    return () => window.removeEventListener('keydown', step);
  }, [inFront, strip, pictureId, goTo]);
}
