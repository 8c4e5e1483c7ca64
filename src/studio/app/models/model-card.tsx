import { Button } from 'react-aria-components';
import type { ModelOrigin } from '../../../client/operations.js';
import { VIEW_OF_TASK } from '../views.js';
import { useApp } from '../app-context.js';
import { ModelClasses } from './model-classes.js';
import { modelFacts } from './model-facts.js';
import type { ModelInfo } from './use-models.js';

const ORIGIN_WORDS: Readonly<Record<ModelOrigin, string>> = {
  OFFICIAL: 'published',
  BUILT_IN: 'built in',
  CUSTOM: 'your own',
};

/** A model that can be used: what it can do, how well, under which licence, and a way to try it. */
export function ModelCard({ model }: { readonly model: ModelInfo }) {
  const { limits, show } = useApp();
  const { id, task, title, notes, origin, source, isDefault } = model;
  const view = VIEW_OF_TASK[task];
  return (
    <article className="model" aria-label={title}>
      <header className="model-head">
        <h4>
          {title} {isDefault && <span className="model-default">default</span>}
        </h4>
        {view !== undefined && (
          <Button className="button small" onPress={() => show(view, id)}>
            Try it
            <span className="out-of-sight">, {title}</span>
          </Button>
        )}
      </header>
      {notes !== null && <p>{notes}</p>}
      <dl className="model-facts">
        {modelFacts(model, limits).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>From</dt>
          <dd>
            {ORIGIN_WORDS[origin]}
            {source !== null && (
              <>
                , <a href={source}>its page</a>
              </>
            )}
            , <code className="tag">{id}</code>
          </dd>
        </div>
      </dl>
      {(task === 'CLASSIFY' || task === 'DETECT_OBJECTS') && <ModelClasses id={id} title={title} />}
    </article>
  );
}
