import { useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { lazyPart } from '../ui/lazy-part.js';
import type { RequestPanelProps } from './request-panel.js';
import './request.css';
import type { Sent } from './sent.js';

const RequestPanel = lazyPart<RequestPanelProps>({
  name: 'The request',
  load: async () => (await import('./request-panel.js')).RequestPanel,
});

/** Shows what was sent, in forms to take along. */
export function Request({ sent }: { readonly sent: readonly (Sent | undefined)[] }) {
  const [isOpen, setOpen] = useState(false);
  const all = sent.filter((request) => request !== undefined);
  if (all.length === 0) return null;
  return (
    <Disclosure className="request" isExpanded={isOpen} onExpandedChange={setOpen}>
      <Heading level={3} className="request-heading">
        <Button slot="trigger" className="request-trigger">
          Request
        </Button>
      </Heading>
      <DisclosurePanel>
        {/* Put together only when somebody looks. */}
        {isOpen && all.map((request, index) => <RequestPanel key={index} {...request} />)}
      </DisclosurePanel>
    </Disclosure>
  );
}
