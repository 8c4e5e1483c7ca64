import { use, useEffect } from 'react';
import { Button } from 'react-aria-components';
import { ModelsDocument, type Task } from '../../../client/operations.js';
import { Request } from '../request/request.js';
import { answerOf } from '../service/action.js';
import { useAction } from '../service/use-action.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { InFrontContext } from '../workbench.js';
import { ModelCard } from './model-card.js';
import './models.css';

const TASKS: readonly { readonly task: Task; readonly title: string }[] = [
  { task: 'CLASSIFY', title: 'Classify' },
  { task: 'SEGMENT_ROAD', title: 'Road' },
  { task: 'DETECT_OBJECTS', title: 'Detect' },
  { task: 'SUPER_RESOLVE', title: 'Super resolution' },
];

/** Which models there are, where they come from, and how to get those that are not here. */
export function ModelsView() {
  const inFront = use(InFrontContext);
  const { action, sent, run, again } = useAction(ModelsDocument);
  useEffect(() => {
    if (inFront) run({});
  }, [inFront, run]);
  const models = answerOf(action)?.models;
  return (
    <section className="narrow-view" aria-label="Models">
      <h2>Models</h2>
      {action.state === 'running' && !models && <Waiting words="Asking for the models" />}
      {action.state === 'failed' && <ProblemNote problem={action.problem} onRetry={again} />}
      {models &&
        TASKS.map(({ task, title }) => (
          <section key={task} className="task" aria-label={title}>
            <h3>{title}</h3>
            {models
              .filter((model) => model.task === task)
              .map((model) => (
                <ModelCard key={model.id} model={model} />
              ))}
          </section>
        ))}
      <Button className="button" onPress={again} isDisabled={action.state === 'running'}>
        Look again
      </Button>
      <Request sent={[sent]} />
    </section>
  );
}
