/** Writes the parts of docs that are made from tables of the source, or with --check tells whether they are up to date. */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { PARSERS } from '../src/convert/parsers/parsers.js';
import { ERROR_DESCRIPTIONS } from '../src/errors.js';
import { METRICS, type MetricDefinition } from '../src/observability/metric-table.js';
import { alertExpression, SIGNALS, type Signal } from '../src/observability/signals.js';

interface Part {
  readonly file: string;
  /** It stands between comments with this name; the whole page is made where there is none. */
  readonly section?: string;
  /** What it is made from. */
  readonly source: string;
  readonly content: string;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** As code in a cell of a table. */
function inCode(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

const PARTS: readonly Part[] = [
  {
    file: 'errors.md',
    source: 'src/error-codes.ts',
    content: `# Error codes

Every error that the service answers with has one of these codes. The message says what was expected, what came, and what to do; it may change, the code does not.

- **GraphQL**, over HTTP and WebSocket alike: \`errors[].extensions.code\`. Facts for programs stand beside it, \`retryAfterMs\` (milliseconds) for one. An operation that is refused before it runs is answered with the status below; where fields fail while it runs, the status is 200, as GraphQL has it, with \`data\` beside \`errors\`. A WebSocket is closed with 4401 for \`UNAUTHENTICATED\`, and with 1009 for a message that is too large.
- **REST** routes of the earlier service: the status, and \`{"message"}\`; \`Retry-After\` in seconds where waiting helps.
- **Other addresses**, those of results for one: the status, and \`{"code", "message"}\`.
- **Jobs**: \`error { code message }\` of a failed job.

${table(
  ['code', 'status', 'what has happened', 'what to do'],
  Object.entries(ERROR_DESCRIPTIONS).map(([code, { status, meaning, remedy }]) => [
    `\`${code}\``,
    String(status),
    meaning,
    remedy,
  ]),
)}
`,
  },
  {
    file: 'metrics.md',
    source: 'src/observability',
    content: `# Metrics

\`GET /metrics\` answers in Prometheus' text format: an API at its port, and a worker at \`WORKER_PORT\`. Where API keys are asked for, it asks for one as well, or for \`METRICS_KEY\`, which opens nothing else. Beside what stands here there are \`process_*\` and \`nodejs_*\`, the figures of the process and its event loop. What cannot be read at the moment, the queue's figures during its outage for one, is left out.

## What is measured

${table(
  ['metric', 'type', 'labels', 'of', 'what it tells'],
  Object.entries<MetricDefinition>(METRICS).map(([name, { type, labels, of, help }]) => [
    `\`${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(', '),
    of === 'both' ? 'API, worker' : of === 'api' ? 'API' : 'worker',
    help,
  ]),
)}

## What to look at

${table(
  ['graph', 'expression'],
  (SIGNALS as readonly Signal[]).map(({ title, promql }) => [title, inCode(promql)]),
)}

## What to be warned of

${(SIGNALS as readonly Signal[])
  .flatMap(({ id, title, alarm }) =>
    alarm
      ? [
          `### ${id}`,
          `${title}, for ${alarm.minutes} minutes (${alarm.severity}): ${inCode(alertExpression(alarm))}`,
          alarm.meaning,
          `**What to do.** ${alarm.action}`,
        ]
      : [],
  )
  .join('\n\n')}
`,
  },
  {
    file: 'aws.md',
    section: 'alarms',
    source: 'src/observability/signals.ts',
    content: table(
      ['alarm', 'when', 'what it means', 'what to do'],
      (SIGNALS as readonly Signal[]).flatMap(({ id, title, alarm, cloudwatch }) =>
        alarm && cloudwatch
          ? [
              [
                `\`${id}\` (${alarm.severity})`,
                alarm.missing === 'alarming'
                  ? `${title}: no \`${cloudwatch.metric}\` for ${alarm.minutes} minutes`
                  : `${title}: \`${cloudwatch.metric}\` ${(alarm.cloudwatch ?? alarm).comparison} ${(alarm.cloudwatch ?? alarm).threshold}, for ${alarm.minutes} minutes`,
                alarm.meaning,
                alarm.action,
              ],
            ]
          : [],
      ),
    ),
  },
  {
    file: 'models.md',
    section: 'parsers',
    source: 'src/convert/parsers',
    content: table(
      ['`output.parser`', 'task', "the network's output", 'members'],
      Object.entries(PARSERS).map(([name, { task, reads, schema }]) => [
        `\`${name}\``,
        `\`${task}\``,
        reads,
        Object.entries(schema.shape)
          .filter(([member]) => member !== 'parser')
          .map(([member, { description }]) => `\`${member}\`: ${description ?? ''}`)
          .join('; '),
      ]),
    ),
  },
];

/** The page with the part in its place. */
function placed(page: string, { file, section, source, content }: Part): string {
  const note = `Made by \`npm run fix:docs\` from ${source}. Do not edit`;
  if (section === undefined) return `<!-- ${note}. -->\n\n${content}`;
  const [start, end] = [`<!-- ${section}: `, `<!-- end of ${section} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/${file} has no place for ${section}`);
  return `${page.slice(0, from)}${start}${note}. -->\n\n${content}\n\n${page.slice(to)}`;
}

for (const part of PARTS) {
  const path = new URL(`../docs/${part.file}`, import.meta.url);
  const page = await readFile(path, 'utf8').catch(() => '');
  const made = await format(placed(page, part), {
    ...(await resolveConfig(path.pathname)),
    parser: 'markdown',
  });
  if (!process.argv.includes('--check')) {
    await writeFile(path, made);
  } else if (page !== made) {
    console.error(`docs/${part.file} is not what ${part.source} makes. Run: npm run fix:docs`);
    process.exitCode = 1;
  }
}
