import { describe, expect, test, vi } from 'vitest';
import { METRICS, type MetricDefinition } from '../../src/observability/metric-table.js';
import { Metrics } from '../../src/observability/metrics.js';

const quiet = () => new Metrics({ role: 'serve', onError: () => undefined });

test('counters add up, by their labels', async () => {
  const metrics = quiet();
  metrics.count('okulo_tiles_total', { model: 'a' });
  metrics.count('okulo_tiles_total', { model: 'a' }, 2);
  metrics.count('okulo_tiles_total', { model: 'b' });
  const text = await metrics.text();
  expect(text).toContain('okulo_tiles_total{model="a"} 3\n');
  expect(text).toContain('okulo_tiles_total{model="b"} 1\n');
});

test('a counter that was given nothing is shown as 0', async () => {
  const metrics = quiet();
  metrics.count('okulo_job_retries_total', {}, 0);
  expect(await metrics.text()).toMatch(/^okulo_job_retries_total 0$/m);
});

test('histograms count into the buckets of their table', async () => {
  const metrics = quiet();
  metrics.observe('okulo_job_wait_seconds', {}, 0.3);
  metrics.observe('okulo_job_wait_seconds', {}, 45);
  const text = await metrics.text();
  expect(text).toContain('okulo_job_wait_seconds_bucket{le="0.25"} 0\n');
  expect(text).toContain('okulo_job_wait_seconds_bucket{le="0.5"} 1\n');
  expect(text).toContain('okulo_job_wait_seconds_bucket{le="60"} 2\n');
  expect(text).toContain('okulo_job_wait_seconds_sum 45.3\n');
});

describe('gauges', () => {
  test('are read whenever the metrics are, and what is no more is not shown', async () => {
    const metrics = quiet();
    const read = vi
      .fn()
      .mockReturnValueOnce([{ metric: 'okulo_queue_jobs', labels: { state: 'waiting' }, value: 3 }])
      .mockReturnValueOnce([{ metric: 'okulo_queue_jobs', labels: { state: 'active' }, value: 1 }]);
    metrics.watch(read);
    expect(await metrics.text()).toContain('okulo_queue_jobs{state="waiting"} 3\n');
    const second = await metrics.text();
    expect(second).toContain('okulo_queue_jobs{state="active"} 1\n');
    expect(second).not.toContain('state="waiting"');
  });

  test('of several readers are shown together', async () => {
    const metrics = quiet();
    for (const pool of ['answers', 'jobs'])
      metrics.watch(() => [{ metric: 'okulo_pool_threads', labels: { pool }, value: 2 }]);
    const text = await metrics.text();
    expect(text).toContain('okulo_pool_threads{pool="answers"} 2\n');
    expect(text).toContain('okulo_pool_threads{pool="jobs"} 2\n');
  });

  test('whose reader fails, or does not end, have no value, and everything else is told', async () => {
    const onError = vi.fn();
    const metrics = new Metrics({ role: 'serve', onError, limitMs: 20 });
    metrics.watch(() => Promise.reject(new Error('no queue')));
    metrics.watch(() => new Promise(() => undefined));
    metrics.watch(() => [{ metric: 'okulo_queue_workers', labels: {}, value: 4 }]);
    const text = await metrics.text();
    expect(text).toMatch(/^okulo_queue_workers 4$/m);
    expect(text).not.toMatch(/^okulo_queue_jobs\{/m);
    expect(text).not.toMatch(/^okulo_worker_heartbeat_timestamp_seconds /m);
    expect(onError.mock.calls.map(([error]) => (error as Error).message)).toEqual([
      'no queue',
      'no answer within 0.02 s',
    ]);
  });

  test('that are read twice at once do not disturb each other', async () => {
    const metrics = quiet();
    let value = 0;
    metrics.watch(() => [{ metric: 'okulo_worker_active_jobs', labels: {}, value: (value += 1) }]);
    const texts = await Promise.all([metrics.text(), metrics.text()]);
    for (const text of texts) expect(text).toMatch(/^okulo_worker_active_jobs [12]$/m);
  });
});

test.each([
  ['api', 'okulo_queue_jobs', 'okulo_tiles_total'],
  ['worker', 'okulo_tiles_total', 'okulo_queue_jobs'],
] as const)('of a process that is %s alone there is %s, and no %s', async (role, own, other) => {
  const metrics = new Metrics({ role, onError: () => undefined });
  metrics.count('okulo_tiles_total', { model: 'a' });
  const text = await metrics.text();
  expect(text).toContain(`# TYPE ${own} `);
  expect(text).not.toContain(other);
  expect(text).toContain('# TYPE okulo_pool_threads ');
});

describe('the table', () => {
  const rows = Object.entries<MetricDefinition>(METRICS);

  test.each(rows)('%s is named as Prometheus wants it', (name, { type, labels }) => {
    expect(name).toMatch(/^okulo_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
    if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    for (const label of labels) expect(label).toMatch(/^[a-z_]+$/);
  });

  test.each(rows)('%s is told with its type and its help', async (name, { type, help }) => {
    const text = await quiet().text();
    expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
  });
});
