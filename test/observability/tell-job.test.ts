import { expect, test, vi } from 'vitest';
import { Metrics } from '../../src/observability/metrics.js';
import { tellJobs } from '../../src/observability/tell-job.js';

function listening() {
  const info = vi.fn();
  const metrics = new Metrics({ role: 'serve', onError: () => undefined });
  return { info, metrics, ...tellJobs({ info }, metrics) };
}

test('what has not happened yet is 0', async () => {
  const text = await listening().metrics.text();
  for (const state of ['completed', 'failed', 'canceled'])
    expect(text).toContain(`okulo_jobs_ended_total{state="${state}",code=""} 0\n`);
  expect(text).toMatch(/^okulo_job_retries_total 0$/m);
  expect(text).toMatch(/^okulo_jobs_stalled_total 0$/m);
});

test('a result is logged and counted with its times', async () => {
  const { info, metrics, onEnded } = listening();
  onEnded('sr-1', { state: 'completed', waited: 2000, took: 9000 });
  expect(info.mock.calls).toEqual([[{ jobId: 'sr-1', code: undefined, ms: 9000 }, 'job completed']]);
  const text = await metrics.text();
  expect(text).toContain('okulo_jobs_ended_total{state="completed",code=""} 1\n');
  expect(text).toContain('okulo_job_wait_seconds_sum 2\n');
  expect(text).toContain('okulo_job_duration_seconds_sum 9\n');
});

test('a failure is counted by its code, and is no time to a result', async () => {
  const { metrics, onEnded } = listening();
  onEnded('sr-1', { state: 'failed', code: 'BAD_IMAGE', waited: 2000, took: 9000 });
  onEnded('sr-2', { state: 'canceled', waited: 2000, took: 9000 });
  const text = await metrics.text();
  expect(text).toContain('okulo_jobs_ended_total{state="failed",code="BAD_IMAGE"} 1\n');
  expect(text).toContain('okulo_jobs_ended_total{state="canceled",code=""} 1\n');
  expect(text).toContain('okulo_job_duration_seconds_count 0\n');
});
