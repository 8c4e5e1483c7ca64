import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { SuperResolveDocument, type ImageFormat } from '../../../client/operations.js';
import { ModelChoice } from '../models/model-choice.js';
import { imageInputOf, nameOf, type Picture } from '../picture/picture.js';
import { tooLarge } from '../picture/too-large.js';
import { Request } from '../request/request.js';
import type { Sent } from '../request/sent.js';
import { useAction } from '../service/use-action.js';
import { Choice } from '../ui/choice.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { useModel } from '../use-model.js';
import { useApp } from '../app-context.js';
import { Planned } from './planned.js';
import { TooManyPixels } from './too-many-pixels.js';
import { useEstimate } from './use-estimate.js';

const FORMATS: readonly { readonly value: ImageFormat; readonly text: string }[] = [
  { value: 'PNG', text: 'PNG, exact' },
  { value: 'WEBP', text: 'WebP, small' },
  { value: 'JPEG', text: 'JPEG, everywhere' },
];

interface StartFormProps {
  readonly picture: Picture;
  /** Told of the job and of what it enlarges, which may not be the picture on the page any more. */
  readonly onStarted: (id: string, picture: Picture, sent: Sent | undefined) => void;
}

/** What to ask for, and the button that asks. */
export function StartForm({ picture, onStarted }: StartFormProps) {
  const [format, setFormat] = useState<ImageFormat>('PNG');
  const [model, setModel] = useModel('super-resolution');
  const { action, sent, run, again } = useAction(SuperResolveDocument);
  const estimate = useEstimate(picture.shown, format, model);
  const maxPixels = useApp().limits?.superResolutionPixels ?? Infinity;
  const tooMany = tooLarge(picture, { bytes: Infinity, pixels: maxPixels }, 'super resolution');
  const [asked, setAsked] = useState<Picture>();
  const id = action.state === 'done' ? action.data.superResolve.id : undefined;
  useEffect(() => {
    if (id !== undefined && asked) onStarted(id, asked, sent);
  }, [id, asked, sent, onStarted]);
  // What came of the request about another picture is none of this one's business.
  const isAboutThis = asked === picture;
  return (
    <>
      {!tooMany && <Planned from={picture.shown} estimate={estimate} />}
      <div className="controls">
        <Choice
          label="Format"
          value={format}
          options={FORMATS}
          onChange={(value) => setFormat(FORMATS.find((each) => each.value === value)?.value ?? 'PNG')}
        />
        <ModelChoice task="SUPER_RESOLVE" value={model} onChange={setModel} />
      </div>
      {tooMany && (
        <TooManyPixels key={picture.id} picture={picture} problem={tooMany} maxPixels={maxPixels} />
      )}
      <Button
        className="button primary"
        isDisabled={action.state === 'running' || tooMany !== undefined}
        onPress={() => {
          setAsked(picture);
          run({
            ...{ image: imageInputOf(picture.source), name: nameOf(picture.source), format },
            ...(model !== undefined && { model }),
          });
        }}
      >
        Enlarge
      </Button>
      {action.state === 'running' && <Waiting words="Sending the picture" />}
      {action.state === 'failed' && isAboutThis && <ProblemNote problem={action.problem} onRetry={again} />}
      <Request sent={[isAboutThis ? sent : undefined]} />
    </>
  );
}
