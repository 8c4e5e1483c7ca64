import { useState } from 'react';
import { stringifyDocument } from 'urql';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { GRAPHQL_URL } from '../../service-url.js';
import { apiKey } from '../service/api-key.js';
import { CopyButton } from './copy-button.js';
import { curlCommand, readableVariables } from './curl.js';
import type { Sent } from './sent.js';
import './request.css';

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
        {isOpen && all.map((request, index) => <SentRequest key={index} {...request} />)}
      </DisclosurePanel>
    </Disclosure>
  );
}

function SentRequest({ document, variables }: Sent) {
  const query = stringifyDocument(document);
  const [, kind = 'query', name = 'Request'] = /^(\w+)\s+(\w+)/.exec(query) ?? [];
  const curl = curlCommand({
    address: GRAPHQL_URL,
    query,
    variables,
    needsKey: apiKey.get() !== '',
  });
  return (
    <section aria-label={name}>
      <Code title={`${name}, GraphQL`} text={query} />
      <Code title={`${name}, variables`} text={readableVariables(variables)} />
      {kind === 'subscription' ? (
        <p className="quiet">
          A subscription goes over a WebSocket (graphql-transport-ws) to the same address.
        </p>
      ) : (
        <Code title={`${name}, curl`} text={curl} />
      )}
    </section>
  );
}

function Code({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className="code">
      <div className="code-title">
        <span>{title}</span>
        <CopyButton text={text} what={title} />
      </div>
      <pre tabIndex={0} role="group" aria-label={title}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
