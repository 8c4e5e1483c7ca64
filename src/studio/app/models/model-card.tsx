import type { ModelOrigin } from '../../../client/operations.js';
import type { ModelInfo } from '../workbench.js';

const ORIGIN_WORDS: Readonly<Record<ModelOrigin, string>> = {
  OFFICIAL: 'published',
  BUILT_IN: 'built in',
  CUSTOM: 'your own',
};

/** One model, and what to do where it cannot be used. */
export function ModelCard({ model }: { readonly model: ModelInfo }) {
  const { id, title, origin, license, source, status, isDefault, unavailableReason, precision } = model;
  const isReady = status === 'READY';
  return (
    <article className="model" aria-label={title}>
      <h4>
        {title} {isDefault && <span className="model-default">default</span>}
      </h4>
      <p className={`model-status ${isReady ? 'ready' : 'away'}`}>{isReady ? 'Ready' : 'Unavailable'}</p>
      <p className="model-facts">
        <code className="tag">{id}</code> {ORIGIN_WORDS[origin]}, {precision}, {license}
        {source !== null && (
          <>
            , <a href={source}>source</a>
          </>
        )}
      </p>
      {!isReady && (
        <div className="model-away">
          <p>{unavailableReason}</p>
          <p>
            To get it: <code>npm run models -- prepare {id}</code>
          </p>
        </div>
      )}
    </article>
  );
}
