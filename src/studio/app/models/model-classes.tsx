import { useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading, Input, Label, SearchField } from 'react-aria-components';
import { ModelDocument } from '../../../client/operations.js';
import { answerOf } from '../service/action.js';
import { useAction } from '../service/use-action.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { counted } from '../ui/words.js';
import { labelsWith } from './labels-with.js';

/** The things that a model knows, to search through. They are asked for when somebody looks. */
export function ModelClasses({ id, title }: { readonly id: string; readonly title: string }) {
  const { action, run, again } = useAction(ModelDocument);
  const [part, setPart] = useState('');
  const labels = answerOf(action)?.model?.labels;
  const found = labels && labelsWith(labels, part);
  return (
    <Disclosure
      className="classes"
      onExpandedChange={(isOpen) => {
        if (isOpen && labels === undefined) run({ id });
      }}
    >
      <Heading level={5}>
        <Button slot="trigger" className="missing-trigger">
          What it knows
        </Button>
      </Heading>
      <DisclosurePanel>
        {action.state === 'running' && <Waiting words="Asking for its classes" />}
        {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
        {labels && found && (
          <>
            <SearchField className="classes-search" value={part} onChange={setPart}>
              <Label className="out-of-sight">Search the classes of {title}</Label>
              <Input className="input" placeholder="Search" />
            </SearchField>
            <p className="quiet" role="status">
              {part === '' ? counted(labels.length, 'class', 'classes') : `${found.length} of ${labels.length}`}
            </p>
            <ul className="classes-list" aria-label={`Classes of ${title}`} tabIndex={0}>
              {found.map((label, index) => (
                <li key={index}>{label}</li>
              ))}
            </ul>
          </>
        )}
      </DisclosurePanel>
    </Disclosure>
  );
}
