import { use, useEffect } from 'react';
import { ModelsDocument, type Task } from '../../../client/operations.js';
import { Request } from '../request/request.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Waiting } from '../ui/waiting.js';
import { InFrontContext, useApp } from '../app-context.js';
import { MissingModel } from './missing-model.js';
import { ModelCard } from './model-card.js';
import './models.css';
import type { ModelInfo } from './use-models.js';

const TASKS: readonly { readonly task: Task; readonly title: string }[] = [
  { task: 'CLASSIFY', title: 'Classify' },
  { task: 'SEGMENT_ROAD', title: 'Road' },
  { task: 'DETECT_OBJECTS', title: 'Detect' },
  { task: 'SUPER_RESOLVE', title: 'Super resolution' },
];
const SENT = [{ document: ModelsDocument, variables: {} }];

/** The models that can be used, what they can do and how well; below them in a line each, those that can be had. */
export function ModelsView() {
  const inFront = use(InFrontContext);
  const { models, modelsAction, askForModels } = useApp();
  useEffect(() => {
    if (inFront) askForModels();
  }, [inFront, askForModels]);
  return (
    <section className="narrow-view" aria-label="Models">
      <h2>Models</h2>
      {modelsAction.state === 'running' && models.length === 0 && <Waiting words="Asking for the models" />}
      {modelsAction.state === 'failed' && (
        <ProblemNote problem={modelsAction.problem} onRetry={askForModels} />
      )}
      {isOffline(models) && (
        <p className="models-banner" role="status">
          This service has no network at the moment, so published models cannot be fetched. The built-in ones
          work without it.
        </p>
      )}
      {models.length > 0 &&
        TASKS.map(({ task, title }) => (
          <section key={task} className="task" aria-label={title}>
            <h3>{title}</h3>
            {inOrder(models, task).map((model) => (
              <ModelCard key={model.id} model={model} />
            ))}
            {models
              .filter((model) => model.task === task && model.status !== 'READY')
              .map((model) => (
                <MissingModel key={model.id} model={model} />
              ))}
          </section>
        ))}
      {models.length > 0 && <Request sent={SENT} />}
    </section>
  );
}

/** Those that can be used; the default one first. */
function inOrder(models: readonly ModelInfo[], task: Task): ModelInfo[] {
  return models
    .filter((model) => model.task === task && model.status === 'READY')
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

function isOffline(models: readonly ModelInfo[]): boolean {
  const missing = models.filter(({ status }) => status === 'UNAVAILABLE');
  return missing.length > 1 && missing.every(({ unavailableBecause }) => unavailableBecause === 'UNREACHABLE');
}
