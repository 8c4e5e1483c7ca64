import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { GRAPHQL_URL } from '../../service-url.js';
import { apiKey } from '../service/api-key.js';
import { Code } from './code.js';
import { curlCommand } from './curl.js';
import { OpenInGraphiql } from './open-in-graphiql.js';
import { readableVariables, type PlainRequest } from './plain-request.js';
import { pythonProgram, pythonSubscription } from './python.js';
import type { Sent } from './sent.js';
import { typescriptProgram, typescriptSubscription } from './typescript.js';

export type RequestPanelProps = Sent;

interface Form {
  readonly title: string;
  readonly parts: readonly { readonly title: string; readonly text: string }[];
}

/** One request, in the languages that people send it with. */
export function RequestPanel({ document: query, variables }: RequestPanelProps) {
  const [, kind = 'query', name = 'Request'] = /^(\w+)\s+(\w+)/.exec(query) ?? [];
  const request = { address: GRAPHQL_URL, query, variables, needsKey: apiKey.get() !== '' };
  return (
    <section className="request-forms" aria-label={name}>
      <Tabs>
        <TabList className="forms" aria-label={`${name} as`}>
          {formsOf(kind, request).map(({ title }) => (
            <Tab key={title} id={title} className="form-tab">
              {title}
            </Tab>
          ))}
        </TabList>
        {formsOf(kind, request).map(({ title, parts }) => (
          <TabPanel key={title} id={title} className="form-panel">
            {parts.map((part) => (
              <Code key={part.title} title={`${name}, ${part.title}`} text={part.text} />
            ))}
            {kind === 'subscription' && title === 'GraphQL' && (
              <p className="quiet">
                A subscription goes over a WebSocket (graphql-transport-ws) to the same address.
              </p>
            )}
          </TabPanel>
        ))}
      </Tabs>
      <OpenInGraphiql query={query} variables={variables} />
    </section>
  );
}

function formsOf(kind: string, request: PlainRequest): Form[] {
  const one = (title: string, text: string): Form => ({ title, parts: [{ title, text }] });
  const graphql = {
    title: 'GraphQL',
    parts: [
      { title: 'GraphQL', text: request.query },
      { title: 'variables', text: readableVariables(request.variables) },
    ],
  };
  // curl reads no WebSocket.
  return kind === 'subscription'
    ? [
        graphql,
        one('TypeScript', typescriptSubscription(request)),
        one('Python', pythonSubscription(request)),
      ]
    : [
        graphql,
        one('curl', curlCommand(request)),
        one('TypeScript', typescriptProgram(request)),
        one('Python', pythonProgram(request)),
      ];
}
