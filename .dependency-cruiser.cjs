/**
 * The order of the house: a folder may import from the ones before it, never from those behind it.
 * docs/decisions/0001-one-way-imports.md tells why.
 */
const only = (name, allowedIn, target, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { pathNot: allowedIn },
  to: { path: target },
});

const may = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...allowed] },
});

/** What spans are made by; where they go is the roots' to know. */
const TRACING = '^src/observability/tracing\\.ts$';
const lowest = ['^src/(error(s|-codes)|size-words)\\.ts$', '^src/platform/'];
const imaging = [...lowest, '^src/imaging/'];
const convert = [...imaging, '^src/convert/'];
const registry = [...convert, '^src/registry/'];
const tasks = [...registry, '^src/tasks/'];
const jobs = [...tasks, '^src/inference/', '^src/storage/', '^src/queue/'];
const use = [...jobs, '^src/jobs/'];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Types count: files that need each other are one file, or lack a third.',
      from: {},
      to: { circular: true },
    },
    only('sharp-in-codec', '^src/imaging/codec/sharp\\.ts$', 'node_modules/sharp/', 'One file knows sharp.'),
    only(
      'onnxruntime-in-session',
      '^src/inference/session\\.ts$',
      'node_modules/onnxruntime-node/',
      'One file knows onnxruntime.',
    ),
    only('s3-in-storage', '^src/storage/s3', 'node_modules/@aws-sdk/', 'One store knows S3.'),
    may('platform-is-low', '^src/platform/', lowest),
    may('errors-alone', '^src/error(s|-codes)\\.ts$', []),
    may('names-alone', '^src/(web-address|routes|next-steps|size-words)\\.ts$', []),
    may(
      'config-alone',
      '^src/(config(\\.ts$|/)|public-url\\.ts$)',
      ['^src/(web-address|routes)\\.ts$', '^src/convert/parsers/parsers\\.ts$', '^src/tasks/job-tasks\\.ts$'],
      'Beside what addresses are it knows the names of tasks.',
    ),
    may(
      'convert-is-bytes-to-bytes',
      '^src/convert/',
      [...lowest, '^src/imaging/(tensor|picture|road-classes)\\.ts$'],
      'Of imaging it knows what a tensor, a picture and a class of the road are.',
    ),
    may('imaging-is-pure', '^src/imaging/', lowest),
    may('storage-is-low', '^src/storage/', lowest),
    may('url-fetch-is-low', '^src/url-fetch/', lowest),
    may('auth-is-low', '^src/auth/', lowest),
    may('observability-is-low', '^src/observability/', lowest),
    may('registry', '^src/registry/', convert),
    may('tasks-are-pure', '^src/tasks/', registry, 'No configuration, queue, storage, GraphQL or HTTP.'),
    may('inference', '^src/inference/', [...tasks, TRACING]),
    may('queue-is-low', '^src/queue/', lowest, 'It knows nothing of what is done in a job.'),
    may('jobs-shared', '^src/jobs/shared/', jobs),
    may(
      'jobs-api',
      '^src/jobs/api/',
      [...jobs, '^src/jobs/shared/'],
      'It meets the worker on the queue only.',
    ),
    may(
      'jobs-worker',
      '^src/jobs/worker/',
      [...jobs, '^src/jobs/shared/', TRACING, '^src/observability/log-context\\.ts$'],
      'And the worker the API.',
    ),
    may('service', '^src/service/', [...use, TRACING], 'The use cases, for any protocol.'),
    {
      name: 'service-knows-no-protocol',
      severity: 'error',
      comment: 'An upload is known by its type alone.',
      from: { path: '^src/service/' },
      to: {
        path: 'node_modules/(graphql|type-graphql|graphql-[^/]+|@apollo|express|ws)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    may('graphql', '^src/graphql/', [...use, '^src/service/']),
    only(
      'graphql-from-the-roots',
      '^src/(graphql/|api\\.ts$|local\\.ts$)',
      '^src/graphql/',
      'Whatever else answers works with src/service.',
    ),
    may('client-stands-alone', '^src/client/', [], 'Browsers run it too.'),
    may('cli', '^src/cli/', [
      ...tasks,
      '^src/auth/',
      '^src/inference/',
      '^src/client/',
      '^src/(config|next-steps)\\.ts$',
      '^src/local\\.ts$',
    ]),
    may(
      'local-answers',
      '^src/local/',
      [...use, '^src/service/'],
      'No HTTP and no environment: src/local.ts puts it together.',
    ),
    only(
      'local-for-the-command-line',
      '^src/(cli/|local)',
      '^src/local(\\.ts$|/)',
      'A service in the process of a command is no part of the service.',
    ),
    may('http', '^src/http/', [
      ...use,
      '^src/service/',
      '^src/observability/',
      '^src/auth/',
      '^src/(public-url|web-address|routes)\\.ts$',
    ]),
    {
      name: 'others-reach-inference-and-storage-by-type',
      severity: 'error',
      comment: 'They are handed their runner and store.',
      from: { path: '^src/(jobs|service|graphql)/' },
      to: {
        path: '^src/(inference|storage)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/studio/'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/studio/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      conditionNames: ['import', 'require', 'node', 'types'],
    },
  },
};
