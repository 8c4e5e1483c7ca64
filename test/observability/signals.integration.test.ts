/** What an operator looks at, asked of a real Prometheus that reads a real API and a real worker. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { alertExpression, SIGNALS, type Signal } from '../../src/observability/signals.js';
import { METRICS, type MetricDefinition } from '../../src/observability/metric-table.js';
import { dataOf, GraphqlClient } from '../kit/graphql-client.js';
import { lintMetrics, startPrometheus, type TestPrometheus } from '../kit/prometheus.js';
import { startRedis, type TestRedis } from '../kit/redis-server.js';
import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { completed, submit } from '../kit/service-jobs.js';
import { operation } from '../kit/service-operations.js';
import { inBase64, picture } from '../kit/service-pictures.js';
import { startService, startWorker, type TestService, type TestWorker } from '../kit/service.js';
import { z } from 'zod';

const signals: readonly Signal[] = SIGNALS;
const alarms = signals.flatMap(({ id, alarm }) => (alarm ? [{ id, alarm }] : []));
const EXPRESSIONS = [
  ...signals.map(({ id, promql }) => ({ what: `the graph ${id}`, promql })),
  ...alarms.map(({ id, alarm }) => ({ what: `the alarm ${id}`, promql: alarm.promql })),
];
const canRun = inject('redisServer') !== null && inject('prometheusBin') !== null;

describe.skipIf(!canRun)('a real Prometheus', () => {
  let redis: TestRedis;
  let folder: string;
  let api: TestService;
  let worker: TestWorker;
  let workerUrl: string;
  let prometheus: TestPrometheus;

  beforeAll(async () => {
    folder = await dataFolder();
    redis = await startRedis();
    const options = { dataDir: folder, env: { QUEUE_URL: redis.url, WORKER_PORT: '0' } };
    [api, worker] = await Promise.all([startService({ ...options, role: 'api' }), startWorker(options)]);
    workerUrl = /Health +(http:\/\/\S+)\/readyz/.exec(worker.output())?.[1] ?? '';
    prometheus = await startPrometheus({ api: api.url, worker: workerUrl });
    await visited();
  });
  afterAll(async () => {
    await prometheus.stop();
    await Promise.all([api.stop(), worker.stop()]);
    await redis.stop();
    await removeFolder(folder);
  });

  /** Uses the service as its clients do, and has one operation fail for a reason of the service's own. */
  async function visited(): Promise<void> {
    const client = new GraphqlClient(api.url);
    const image = inBase64(await readFile('images/road/street.jpg'));
    dataOf(await client.post(operation('analyze'), { image }), z.object({ analyze: z.object({}) }));
    const { id } = await submit(client, { image: await picture({ seed: 1 }) });
    await completed(client, id);
    redis.freeze();
    const { errors } = await client.post('{ jobCounts { failed } }');
    redis.thaw();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['QUEUE_UNAVAILABLE']);
    // A rate takes two readings.
    await vi.waitFor(
      async () => {
        expect(await prometheus.query('min(count_over_time(up[1m])) > 3')).toHaveLength(1);
        expect(await prometheus.query('okulo_queue_workers')).toHaveLength(1);
      },
      { timeout: 30_000, interval: 250 },
    );
  }

  it.each(EXPRESSIONS)('knows $what', async ({ promql }) => {
    expect(await prometheus.query(promql)).not.toEqual([]);
  });

  it.each(alarms)('understands when to warn of $id, and is quiet while all is well', async ({ alarm }) => {
    expect(await prometheus.query(alertExpression(alarm))).toEqual([]);
  });

  it('warns where no worker tells of itself', async () => {
    const heartbeat = alarms.find(({ id }) => id === 'heartbeat');
    if (!heartbeat) throw new Error('There is no such alarm');
    const gone = heartbeat.alarm.promql.replaceAll('okulo_worker', 'okulo_vanished_worker');
    expect(await prometheus.query(alertExpression({ ...heartbeat.alarm, promql: gone }))).toHaveLength(1);
  });

  it('warns of what is beyond the threshold', async () => {
    for (const { alarm } of alarms) {
      if (!Number.isFinite((await prometheus.query(alarm.promql))[0]?.value)) continue;
      const threshold = alarm.comparison === '>' ? -1 : Number.MAX_SAFE_INTEGER;
      expect(await prometheus.query(alertExpression({ ...alarm, threshold }))).not.toEqual([]);
    }
  });

  it('counts what was done', async () => {
    const value = async (expression: string) => (await prometheus.query(expression))[0]?.value;
    expect(await value('okulo_jobs_ended_total{state="completed"}')).toBe(1);
    expect(await value('sum(okulo_tiles_total)')).toBe(1);
    expect(await value('okulo_operation_faults_total')).toBe(1);
    expect(await value('okulo_queue_workers')).toBe(1);
    expect(await value('sum(okulo_operation_duration_seconds_count{operation="analyze",code="OK"})')).toBe(1);
    expect(
      await value('okulo_operation_duration_seconds_count{operation="jobCounts",code="QUEUE_UNAVAILABLE"}'),
    ).toBe(1);
    const stages = await prometheus.query('sum by (stage) (okulo_stage_duration_seconds_count)');
    expect(stages.map(({ labels }) => labels['stage']).sort()).toEqual([
      'decode',
      'inference',
      'postprocess',
      'preprocess',
      'queue',
      'receive',
    ]);
  });

  it('finds a name, a type and a help of each metric, as promtool wants them', async () => {
    const texts = await Promise.all(
      [api.url, workerUrl].map(async (url) => (await fetch(`${url}/metrics`)).text()),
    );
    for (const text of texts) expect(lintMetrics(text)).toBe('');
    const shown = texts.join('\n');
    for (const [name, { type }] of Object.entries<MetricDefinition>(METRICS))
      expect(shown).toContain(`# TYPE ${name} ${type}\n`);
  });

  it('reads them from a worker, which tells of its health there as well', async () => {
    const ready = await fetch(`${workerUrl}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', failing: {} });
    expect((await fetch(`${workerUrl}/healthz`)).status).toBe(200);
    expect((await fetch(`${workerUrl}/graphql`)).status).toBe(404);
  });
});
