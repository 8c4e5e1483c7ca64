import { createRoot } from 'react-dom/client';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import 'graphiql/setup-workers/vite';
import './style.css';
import { takeFiles, takeRequest } from '../handed-request.js';
import { ownStorage } from '../own-storage.js';
import { GRAPHQL_URL, SERVICE_PATH } from '../service-url.js';
import { exampleTabs, openingTabs } from './example-tabs.js';
import { serviceFetcher } from './fetcher.js';
import { Files, samples } from './files.js';
import { filesPlugin } from './files-plugin.js';
import { FillInJob } from './fill-in-job.js';
import { LastJob, notingJobs } from './last-job.js';
import { multipartFetcher } from './multipart-fetcher.js';
import { byItsName } from './sole-operation.js';

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

const files = new Files(
  samples(
    import.meta.glob<string>('../../../images/*/*.{jpg,png}', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
  ),
);

const kept = ownStorage(localStorage, SERVICE_PATH);
const lastJob = new LastJob(kept);
const fetcher = byItsName(multipartFetcher(GRAPHQL_URL, serviceFetcher(GRAPHQL_URL), files));

const handed = takeRequest(location.hash);
if (handed) {
  // A reload shows the tabs as they are by then.
  history.replaceState(null, '', location.pathname + location.search);
  files.expect(takeFiles(handed.id));
}

const place = document.getElementById('graphiql');
if (place !== null) {
  createRoot(place).render(
    <GraphiQL
      fetcher={notingJobs(fetcher, lastJob)}
      plugins={[HISTORY_PLUGIN, filesPlugin(files)]}
      storage={kept}
      {...openingTabs(examples, kept.getItem('graphiql:tabState'), handed)}
    >
      <GraphiQL.Logo>Okulo</GraphiQL.Logo>
      <FillInJob lastJob={lastJob} />
    </GraphiQL>,
  );
}
