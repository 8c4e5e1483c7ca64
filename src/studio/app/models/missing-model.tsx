import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { GetModel } from './get-model.js';
import type { ModelInfo } from './use-models.js';

/** A model that is not here, in one line: what it is and how to get it; more for those who look. */
export function MissingModel({ model }: { readonly model: ModelInfo }) {
  const { id, title, notes, accuracy, license, source, status, unavailableReason } = model;
  return (
    <Disclosure className="missing">
      <div className="missing-line">
        <Heading level={4}>
          <Button slot="trigger" className="missing-trigger">
            {title}
          </Button>
        </Heading>
        <GetModel model={model} words="Get" />
      </div>
      <DisclosurePanel className="missing-more">
        {notes !== null && <p>{notes}</p>}
        <p>
          {accuracy !== null && `${accuracy}. `}
          {license}
          {source !== null && (
            <>
              , <a href={source}>its page</a>
            </>
          )}
        </p>
        {status === 'UNAVAILABLE' && <p>{unavailableReason}</p>}
        <p>
          In a terminal: <code>npx okulo models prepare {id}</code>
        </p>
      </DisclosurePanel>
    </Disclosure>
  );
}
