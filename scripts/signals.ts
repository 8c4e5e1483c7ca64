/** Writes Prometheus' alert rules and Grafana's dashboard from the table of signals, or with --check tells whether they are up to date. */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';
import { alertExpression, SIGNALS, type Signal } from '../src/observability/signals.js';

const signals: readonly Signal[] = SIGNALS;
const SOURCE = { type: 'prometheus', uid: 'prometheus' };
/** Grafana's names of units. */
const UNITS: Readonly<Record<Signal['unit'], string>> = {
  seconds: 's',
  bytes: 'bytes',
  ratio: 'percentunit',
  'per-second': 'ops',
  count: 'short',
};
const ROWS: Readonly<Record<Signal['group'], string>> = {
  requests: 'Requests',
  jobs: 'Jobs',
  processes: 'Processes',
};
const [WIDTH, HEIGHT, COLUMNS] = [8, 7, 3];

function alerts(): object {
  const rules = signals.flatMap(({ id, title, alarm }) =>
    alarm
      ? [
          {
            alert: id.replace(/(?:^|-)(.)/g, (_all, letter: string) => letter.toUpperCase()),
            expr: alertExpression(alarm),
            for: `${alarm.minutes}m`,
            labels: { severity: alarm.severity },
            annotations: { summary: title, description: alarm.meaning, action: alarm.action },
          },
        ]
      : [],
  );
  return { groups: [{ name: 'okulo', rules }] };
}

function dashboard(): object {
  let y = 0;
  const panels = (Object.keys(ROWS) as Signal['group'][]).flatMap((group) => {
    const own = signals.filter((signal) => signal.group === group);
    const top = y;
    y += 1 + Math.ceil(own.length / COLUMNS) * HEIGHT;
    const row = { type: 'row', title: ROWS[group], gridPos: { x: 0, y: top, w: WIDTH * COLUMNS, h: 1 } };
    return [row, ...own.map((signal, index) => panel(signal, index, top + 1))];
  });
  return {
    uid: 'okulo',
    title: 'Okulo',
    schemaVersion: 41,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    panels: panels.map((each, index) => ({ id: index + 1, ...each })),
  };
}

function panel({ title, promql, by, unit, alarm }: Signal, index: number, top: number): object {
  const steps = [
    { color: 'green', value: null },
    ...(alarm?.promql === promql ? [{ color: 'red', value: alarm.threshold }] : []),
  ];
  return {
    type: 'timeseries',
    title,
    ...(alarm && { description: alarm.meaning }),
    datasource: SOURCE,
    gridPos: {
      x: (index % COLUMNS) * WIDTH,
      y: top + Math.floor(index / COLUMNS) * HEIGHT,
      w: WIDTH,
      h: HEIGHT,
    },
    targets: [{ refId: 'A', datasource: SOURCE, expr: promql, legendFormat: by ? `{{${by}}}` : title }],
    fieldConfig: { defaults: { unit: UNITS[unit], thresholds: { mode: 'absolute', steps } }, overrides: [] },
  };
}

const NOTE = '# Made by `npm run fix:docs` from src/observability/signals.ts. Do not edit.\n';
const FILES = [
  { file: 'docker/prometheus/alerts.yml', text: NOTE + stringify(alerts()) },
  { file: 'docker/grafana/dashboards/okulo.json', text: JSON.stringify(dashboard()) },
];

for (const { file, text } of FILES) {
  const path = new URL(`../${file}`, import.meta.url);
  const made = await format(text, { ...(await resolveConfig(path.pathname)), filepath: file });
  if (!process.argv.includes('--check')) {
    await writeFile(path, made);
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== made) {
    console.error(`${file} is not what src/observability/signals.ts makes. Run: npm run fix:docs`);
    process.exitCode = 1;
  }
}
