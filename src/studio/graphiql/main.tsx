import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import 'graphiql/setup-workers/vite';
import './style.css';
import { exampleTabs, openingTabs } from './example-tabs.js';
import { sameOriginFetcher } from './fetcher.js';

const examples = exampleTabs(
  import.meta.glob<string>('../../../schema/operations/*.graphql', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  import.meta.glob<string>('../../../schema/operations/*.variables.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

const place = document.getElementById('graphiql');
if (place !== null) {
  createRoot(place).render(
    <GraphiQL
      fetcher={sameOriginFetcher(location)}
      {...openingTabs(examples, localStorage.getItem('graphiql:tabState'))}
    >
      <GraphiQL.Logo>Okulo</GraphiQL.Logo>
    </GraphiQL>,
  );
}
